import type { ChannelState } from './channel-state.js';
import type { Database } from './database.js';
import { newEpoch } from './epoch.js';

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
      const state = known.get(name) ?? {
        ...(await findOrCreate(database, name)),
        name,
        isAlone: true,
        sessions: new Map(),
        clients: new Map(),
      };
      const [oldest] = known.keys();
      if (known.size >= MOST_CHANNELS && !known.has(name) && oldest !== undefined) known.delete(oldest);
      // Most recently used last.
      known.delete(name);
      known.set(name, state);
      return state;
    },
    forget(name) {
      known.delete(name);
    },
  };
};

type Place = Pick<ChannelState, 'id' | 'bytes' | 'head' | 'revision'>;

const findOrCreate = async (database: Database, name: string): Promise<Place> => {
  const find = async (): Promise<Place | undefined> =>
    (
      await database.query<Place>('select id, bytes, head, revision from inkwire.channels where name = $1', [
        name,
      ])
    )[0];
  const found = await find();
  if (found) return found;
  await database.query(
    'insert into inkwire.channels (name, epoch) values ($1, $2) on conflict (name) do nothing',
    [name, newEpoch()],
  );
  const created = await find();
  if (!created) throw new Error(`The channel ${name} was not created.`);
  return created;
};
