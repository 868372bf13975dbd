import { type LocalPusher, startLocalPusher } from '@inkwire/local-pusher';
import { type Clock, systemClock } from '../clock.js';
import { type Connection, createConnection } from '../connection/connection.js';
import type { LiveChannel } from '../connection/live-channel.js';
import type { ChannelAuthorization } from '../connection/pusher-client.js';
import type { TransportError } from '../transport-error.js';
import { type Door, openDoor } from './door.js';
import { createLooks } from './looks.js';
import { createManualPage, type ManualPage } from './rig.js';
import { signMember, signUser } from './signatures.js';

/** A connection and one channel on it. */
export interface OpenedConnection {
  readonly connection: Connection;
  readonly channel: LiveChannel;
  readonly errors: readonly TransportError[];
  /** Resolves when `holds` does. */
  until(holds: () => boolean): Promise<void>;
}

export interface OpenedOptions {
  readonly clock?: Clock;
  readonly key?: string;
  readonly random?: () => number;
  readonly authorize?: (channel: string, socketId: string) => Promise<ChannelAuthorization>;
}

/** The attempts at a door. */
export interface Knocks {
  /** When each came, in seconds of the clock since it was first watched. */
  readonly times: readonly number[];
  /** Resolves when there were so many. */
  reached(count: number): Promise<void>;
}

/** A local Pusher behind a door that sees every attempt, and connections to it, without an Inkwire server. */
export interface ConnectionScene {
  readonly pusher: LocalPusher;
  readonly page: ManualPage;
  open(options?: OpenedOptions): OpenedConnection;
  watch(clock: Clock): Knocks;
  end(): Promise<void>;
}

const CHANNEL = 'presence-board-connection';

/** Lets sockets of this process say to each other what they have to say. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 40; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

const watchDoor = (door: Door, clock: Clock): Knocks & { stop: () => void } => {
  const start = clock.now();
  const times: number[] = [];
  const { look, until } = createLooks();
  const stop = door.onKnock(() => {
    times.push((clock.now() - start) / 1_000);
    look();
  });
  return { times, reached: (count) => until(() => times.length >= count), stop };
};

export const startConnectionScene = async (): Promise<ConnectionScene> => {
  const pusher = await startLocalPusher();
  const door = await openDoor(pusher.port);
  const page = createManualPage();
  const ends: (() => void)[] = [];
  return {
    pusher,
    page,
    open: ({ clock = systemClock, key = pusher.key, random = () => 0.5, authorize } = {}) => {
      const { look, until } = createLooks();
      const errors: TransportError[] = [];
      const connection = createConnection({
        pusher: { key, wsHost: '127.0.0.1', wsPort: door.port, forceTLS: false },
        authorize: authorize ?? (async (channel, socketId) => signMember(pusher, channel, socketId)),
        signIn: async (socketId) => signUser(pusher, socketId),
        clock,
        random,
        page,
      });
      const channel = connection.open(CHANNEL, ['client-note'], {
        onChange: look,
        onSubscribed: look,
        onMemberRemoved: look,
        onComplaint: look,
        onEvent: look,
        onError: (error) => {
          errors.push(error);
          look();
        },
      });
      ends.push(() => connection.close());
      return { connection, channel, errors, until };
    },
    watch: (clock) => {
      const { stop, ...knocks } = watchDoor(door, clock);
      ends.push(stop);
      return knocks;
    },
    end: async () => {
      for (const end of ends) end();
      await door.close();
      await pusher.close();
    },
  };
};
