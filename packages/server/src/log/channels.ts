import { randomBytes } from 'node:crypto';
import type { ChannelState } from './channel-state.js';
import type { Database } from './database.js';

/** The channels that this process has worked with lately. */
export interface Channels {
  /** Creates the channel's log when there is none. */
  open(name: string): Promise<ChannelState>;
  /** Forgets what is remembered of a channel, because it may no longer be true. */
  forget(name: string): void;
}

const MOST_CHANNELS = 1_000;

export const createChannels = (database: Database): Channels => {
  const known = new Map<string, ChannelState>();
  return {
    async open(name) {
      let state = known.get(name);
      if (!state) {
        state = {
          id: await channelId(database, name),
          name,
          sessions: new Map(),
          clients: new Map(),
        };
        const [oldest] = known.keys();
        if (known.size >= MOST_CHANNELS && oldest !== undefined) known.delete(oldest);
      }
      known.delete(name);
      known.set(name, state);
      return state;
    },
    forget(name) {
      known.delete(name);
    },
  };
};

const channelId = async (database: Database, name: string): Promise<number> => {
  const find = async () =>
    (await database.query<{ id: number }>('select id from inkwire.channels where name = $1', [name]))[0]?.id;
  const found = await find();
  if (found !== undefined) return found;
  await database.query(
    'insert into inkwire.channels (name, epoch) values ($1, $2) on conflict (name) do nothing',
    [name, randomBytes(9).toString('base64url')],
  );
  const created = await find();
  if (created === undefined) throw new Error(`The channel ${name} was not created.`);
  return created;
};
