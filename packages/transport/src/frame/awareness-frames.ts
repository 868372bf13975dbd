import { type SessionId, WireError } from '@inkwire/core';
import * as decoding from 'lib0/decoding';
import {
  type Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from 'y-protocols/awareness';

/** The Awareness of a document, told in frames: one state for each session, and nobody speaks for another. */
export interface AwarenessFrames {
  /** The own state for the next frame; empty when it did not change. */
  take(): Uint8Array;
  /** The next frame tells the own state, changed or not. */
  tell(): void;
  /** The last word: this session is gone. */
  farewell(): Uint8Array;
  /** @throws {WireError} when the bytes are no awareness update of this session. */
  receive(session: SessionId, update: Uint8Array): void;
  leave(session: SessionId): void;
  /** The Yjs clientID that a session writes as; undefined until it told its state. */
  clientOf(session: SessionId): number | undefined;
  /** What a session says about its user. */
  userOf(session: SessionId): { readonly name?: string; readonly color?: string };
  stop(): void;
}

const MAX_STATE_BYTES = 2_000;

interface Change {
  readonly added: readonly number[];
  readonly updated: readonly number[];
  readonly removed: readonly number[];
}

export interface AwarenessFramesOptions {
  readonly awareness: Awareness;
  /** Marks changes that came from frames. */
  readonly origin: unknown;
  readonly onOwnChange: () => void;
  /** A session's state ran out: it was silent for 30 s. */
  readonly onSilent: (session: SessionId) => void;
  /** The own state is too large to be told. */
  readonly onTooLarge: (bytes: number) => void;
}

export const createAwarenessFrames = (options: AwarenessFramesOptions): AwarenessFrames => {
  const { awareness, origin, onOwnChange, onSilent, onTooLarge } = options;
  const clients = new Map<SessionId, number>();
  const sessions = new Map<number, SessionId>();
  let changed = true;

  const onUpdate = ({ added, updated, removed }: Change, from: unknown): void => {
    if (from === origin) return;
    if ([...added, ...updated, ...removed].includes(awareness.clientID)) {
      changed = true;
      onOwnChange();
    }
    for (const client of removed) {
      const session = sessions.get(client);
      if (session !== undefined) onSilent(session);
    }
  };
  awareness.on('update', onUpdate);

  const own = (): Uint8Array => encodeAwarenessUpdate(awareness, [awareness.clientID]);

  const forget = (session: SessionId): void => {
    const client = clients.get(session);
    if (client === undefined) return;
    clients.delete(session);
    sessions.delete(client);
    removeAwarenessStates(awareness, [client], origin);
  };

  return {
    take: () => {
      if (!changed) return new Uint8Array(0);
      changed = false;
      const update = own();
      if (update.length <= MAX_STATE_BYTES) return update;
      onTooLarge(update.length);
      return new Uint8Array(0);
    },
    tell: () => {
      changed = true;
      onOwnChange();
    },
    farewell: () => {
      awareness.off('update', onUpdate);
      awareness.setLocalState(null);
      return own();
    },
    receive: (session, update) => {
      const decoder = decoding.createDecoder(update);
      let client: number;
      try {
        const count = decoding.readVarUint(decoder);
        client = decoding.readVarUint(decoder);
        decoding.readVarUint(decoder);
        const state: unknown = JSON.parse(decoding.readVarString(decoder));
        if (count !== 1 || typeof state !== 'object') throw new Error('it is not the state of one client');
      } catch (error) {
        throw new WireError('awareness', `A frame tells one state: ${(error as Error).message}`);
      }
      if (client === awareness.clientID || (sessions.get(client) ?? session) !== session)
        throw new WireError('awareness', 'A session speaks for itself only.');
      const before = clients.get(session);
      if (before !== undefined && before !== client) forget(session);
      clients.set(session, client);
      sessions.set(client, session);
      applyAwarenessUpdate(awareness, update, origin);
      if (!awareness.states.has(client)) onSilent(session);
    },
    leave: forget,
    clientOf: (session) => clients.get(session),
    userOf: (session) => {
      const state = awareness.getStates().get(clients.get(session) ?? -1) as { user?: unknown } | undefined;
      const { name, color } = (state?.user ?? {}) as { name?: unknown; color?: unknown };
      return {
        ...(typeof name === 'string' ? { name } : {}),
        ...(typeof color === 'string' ? { color } : {}),
      };
    },
    stop: () => awareness.off('update', onUpdate),
  };
};
