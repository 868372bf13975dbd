import type { Board } from '@inkwire/core';

/** A way for people to draw together on one document, set up as its documentation says. */
export interface Peer {
  readonly name: string;
  /** Starts its server in a process of its own, which keeps its data in `folder`. */
  open(folder: string): Promise<PeerRoom>;
}

export interface PeerRoom {
  join(document: string, user: string): Promise<PeerMember>;
  /** Ends the server between two instructions; whoever is there finds no server any more. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Somebody at a document. */
export interface PeerMember {
  readonly board: Board;
  /** A pen that is down has come to this place; `points` is its stroke so far. */
  movePen(stroke: string, points: readonly { readonly x: number; readonly y: number }[]): void;
  /** Whether this member and the server have each other's work, as far as this member knows. */
  readonly synced: boolean;
  /** What this member has handed to the network since it came. */
  readonly sent: Sent;
  leave(): Promise<void>;
}

export interface Sent {
  /** WebSocket messages and HTTP requests. */
  readonly messages: number;
  /** Everything that went over the wire, headers included. */
  readonly bytes: number;
}
