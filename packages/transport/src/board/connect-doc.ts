import type { SessionId } from '@inkwire/core';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { type ConnectionEvents, openDocument } from './open-document.js';
import type { ConnectDocOptions } from './options.js';
import type { Status } from './status.js';

/** A Y.Doc that is kept equal to a channel's log. */
export interface DocConnection {
  /** This page's session on the channel. */
  readonly session: SessionId;
  /** Who else is there, for editors with y-protocols' Awareness; has `user: { id, name, color }`. */
  readonly awareness: Awareness;
  readonly status: Status;
  /** Calls `listener` on each `event`; returns the way to stop. */
  on<Name extends keyof ConnectionEvents>(
    event: Name,
    listener: (value: ConnectionEvents[Name]) => void,
  ): () => void;
  /** The user behind a Yjs clientID, as the server knows them; null for one that is not known here. */
  writerOf(client: number): string | null;
  /** Ends it and leaves nothing behind; the document stays as it is. */
  destroy(): Promise<void>;
}

const NOTHING = new Uint8Array(0);

/** Connects the document of any Yjs editor. Drawing on boards takes {@link connectBoard}. */
export const connectDoc = (doc: Y.Doc, options: ConnectDocOptions): DocConnection =>
  openDocument(doc, options, {
    takePresence: () => NOTHING,
    onPresence: () => {},
    onLeave: () => {},
    onNewcomer: () => {},
    onWriters: () => {},
  });
