import {
  type Entry,
  encodeFrame,
  FRAME_EVENT,
  frameData,
  MAX_BINARY_FRAME_BYTES,
  type MemberInfo,
  type PresentUser,
  RECEIPT_EVENT,
  type Receipt,
  readFrameData,
  readReceipt,
  type Sequence,
  type SessionId,
  WORKSPACE_EVENT,
} from '@inkwire/core';
import type { Clock } from '../clock.js';
import type { Connection } from '../connection/connection.js';
import type { ConnectionState } from '../connection/live-channel.js';
import type { AwarenessFrames } from '../frame/awareness-frames.js';
import { createEntryQueue } from '../frame/entry-queue.js';
import type { FrameSource, Urgency } from '../frame/pacer.js';
import { createPeers } from '../frame/peers.js';
import type { TransportError } from '../transport-error.js';

export interface LiveRoomOptions {
  readonly connection: Connection;
  readonly channel: string;
  readonly session: SessionId;
  readonly user: string;
  readonly messagesPerMinute: number;
  readonly clock: Clock;
  readonly awareness: AwarenessFrames;
  /** Whether this session may send frames at all. */
  readonly mayWrite: () => boolean;
  /** Where this client stands in the log. */
  readonly position: () => { readonly epoch: string; readonly synced: Sequence };
  /** Presence bytes for the next frame; empty for none. */
  readonly takePresence: () => Uint8Array;
  readonly onEntries: (entries: readonly Entry[]) => void;
  readonly onHead: (epoch: string, synced: Sequence) => void;
  readonly onReceipt: (receipt: Receipt) => void;
  /** A frame of `session`, which `user` sent; `presence` may be empty. */
  readonly onPresence: (session: SessionId, user: PresentUser, presence: Uint8Array) => void;
  /** The Yjs clientID that `user` writes as, by their own frames. */
  readonly onWriter: (client: number, user: string) => void;
  readonly onLeave: (session: SessionId) => void;
  /** Somebody came who knows nothing of this session. */
  readonly onNewcomer: () => void;
  /** Something may have been missed. */
  readonly onMissed: () => void;
  readonly onChange: () => void;
  readonly onError: (error: TransportError) => void;
}

/** A channel's fast path as one document uses it: frames out at the pacer's word, frames and receipts in. */
export interface LiveRoom {
  /** An own entry wants to be seen. */
  show(entry: Entry): void;
  request(urgency: Urgency): void;
  readonly state: ConnectionState;
  readonly participants: number;
  readonly messagesPerMinute: number;
  /** How long a frame has to wait for the room's bill; ms. */
  readonly wait: number;
  readonly ignored: number;
  /** Says goodbye, if anybody listens. */
  farewell(): void;
  close(): void;
}

const MAX_NAME_LENGTH = 100;
const COLOR = /^#[0-9a-f]{6}$/i;
const UNKNOWN_COLOR = '#808080';

export const createLiveRoom = (options: LiveRoomOptions): LiveRoom => {
  const { channel, session, user, clock, awareness } = options;
  const queue = createEntryQueue(MAX_BINARY_FRAME_BYTES - 200);
  /** Which sessions each member was heard from. */
  const sessions = new Map<SessionId, string>();
  let known = new Set<string>();
  let tabs = 0;
  let ignored = 0;

  const ignore = (read: () => void): void => {
    try {
      read();
    } catch {
      ignored += 1;
      options.onChange();
    }
  };

  const leave = (gone: SessionId): void => {
    sessions.delete(gone);
    awareness.leave(gone);
    options.onLeave(gone);
  };

  /** Who sent a frame: what the server signed about them; what it did not say, as they say themselves. */
  const personOf = (id: string, of: SessionId, info: Partial<MemberInfo>): PresentUser => {
    const said = awareness.userOf(of);
    const color = info.color ?? said.color;
    return {
      id,
      name: (info.name ?? said.name ?? id).slice(0, MAX_NAME_LENGTH),
      color: color !== undefined && COLOR.test(color) ? color : UNKNOWN_COLOR,
    };
  };

  /** @param viaTab whether another tab of this browser said it, who is believed to be who they are */
  const onFrame = (data: unknown, from: string | null, viaTab: boolean): void => {
    const info = from === null ? undefined : live.members.get(from);
    if (from === null || (info?.role !== 'write' && !viaTab)) throw new Error('Its sender may not write.');
    const frame = readFrameData(data);
    if (frame.session === session) throw new Error('It claims to be mine.');
    if ((sessions.get(frame.session) ?? from) !== from) throw new Error("It claims to be another member's.");
    const isNew = !sessions.has(frame.session);
    sessions.set(frame.session, from);
    peers.heard(frame.session, viaTab ? null : from);
    // What stays goes first: it does not depend on the rest being well-formed.
    if (frame.entries.length > 0) options.onEntries(frame.entries);
    options.onHead(frame.epoch, frame.synced);
    if (isNew) options.onNewcomer();
    if (frame.awareness.length > 0) ignore(() => awareness.receive(frame.session, frame.awareness));
    const client = awareness.clientOf(frame.session);
    if (client !== undefined) options.onWriter(client, from);
    // A farewell has just ended the session.
    if (sessions.has(frame.session))
      options.onPresence(frame.session, personOf(from, frame.session, info ?? {}), frame.presence);
  };

  const onReceipt = (receipt: Receipt): void => {
    const { synced } = options.position();
    peers.announced();
    for (const [seq, of] of receipt.entries) if (seq > synced) peers.wrote(of);
    options.onReceipt(receipt);
  };

  const live = options.connection.open(channel, [FRAME_EVENT, RECEIPT_EVENT, WORKSPACE_EVENT], {
    onChange: () => {
      for (const id of live.members.keys()) if (!known.has(id) && id !== user) options.onNewcomer();
      known = new Set(live.members.keys());
      if (live.tabs > tabs) options.onNewcomer();
      // A tab that is gone may have left something to hand in (F5).
      if (live.tabs < tabs) options.onMissed();
      tabs = live.tabs;
      options.onChange();
    },
    onSubscribed: () => {
      queue.clear();
      options.onMissed();
    },
    onMemberRemoved: (id) => {
      for (const [gone, of] of [...sessions]) if (of === id) leave(gone);
    },
    onEvent: (event, data, from) =>
      ignore(() => {
        if (event === FRAME_EVENT) onFrame(data, from, false);
        else if (from !== null) throw new Error('Only the server says so.');
        // Nothing that concerns the document, but it is on the room's bill.
        else if (event === WORKSPACE_EVENT) peers.announced();
        else onReceipt(readReceipt(data));
      }),
    onTabEvent: (event, data) =>
      ignore(() => {
        if (event === FRAME_EVENT) onFrame(data, user, true);
      }),
    onComplaint: options.onMissed,
    onError: options.onError,
  });

  const peers = createPeers({
    session,
    user,
    members: live.members,
    messagesPerMinute: options.messagesPerMinute,
    clock,
  });

  /** Who would hear a frame now: with nobody but tabs of this browser it costs nothing (T3, W4). */
  const audience = (): 'everyone' | 'tabs' | 'nobody' => {
    if (!options.mayWrite()) return 'nobody';
    if (live.subscribed && peers.any()) return 'everyone';
    return live.tabs > 0 ? 'tabs' : 'nobody';
  };

  const hand = (frame: Uint8Array): boolean => {
    if (audience() === 'tabs') return live.tellTabs(FRAME_EVENT, frameData(frame));
    if (!live.trigger(FRAME_EVENT, frameData(frame))) return false;
    peers.spent();
    return true;
  };

  const send = (): boolean => {
    if (audience() === 'nobody') {
      queue.clear();
      return false;
    }
    const presence = options.takePresence();
    const state = awareness.take();
    const entries = queue.take(MAX_BINARY_FRAME_BYTES - 200 - presence.length - state.length);
    if (entries.length + presence.length + state.length === 0) return false;
    const frame = encodeFrame({ session, ...options.position(), entries, awareness: state, presence });
    if (!hand(frame)) return false;
    if (queue.size > 0) live.request(source, 'commit');
    return true;
  };

  const source: FrameSource = {
    send,
    spacing: peers.spacing,
    outward: () => audience() === 'everyone',
  };

  return {
    show: (entry) => {
      if (audience() === 'nobody') return;
      queue.add(entry);
      live.request(source, 'commit');
    },
    request: (urgency) => {
      if (audience() !== 'nobody') live.request(source, urgency);
    },
    get state() {
      return live.state === 'live' && !live.subscribed ? 'connecting' : live.state;
    },
    get participants() {
      return Math.max(1, live.members.size);
    },
    get messagesPerMinute() {
      return peers.messagesPerMinute();
    },
    get wait() {
      return peers.wait();
    },
    get ignored() {
      return ignored;
    },
    farewell: () => {
      const state = awareness.farewell();
      if (audience() === 'nobody') return;
      const nothing = new Uint8Array(0);
      const frame = { session, ...options.position(), entries: [], awareness: state, presence: nothing };
      hand(encodeFrame(frame));
    },
    close: () => {
      live.forget(source);
      live.close();
    },
  };
};
