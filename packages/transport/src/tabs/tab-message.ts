import type { ConnectionState } from '../connection/live-channel.js';
import type { Member } from '../connection/pusher-client.js';
import type { Urgency } from '../frame/pacer.js';

/** One connection of a page, among those that share a scope. */
export type TabId = string;

/** What the leader knows of a channel. */
export interface ChannelNews {
  readonly state: ConnectionState;
  readonly subscribed: boolean;
  readonly members: readonly (readonly [id: string, info: Member['info']])[];
}

/** What tabs tell each other. `from` sent it; nobody hears their own. */
export type TabMessage =
  /** I am new: whoever leads, say so. */
  | { readonly type: 'hello'; readonly from: TabId }
  /** Are you there? Only the leader answers, with `lead`. */
  | { readonly type: 'ping'; readonly from: TabId }
  /** Somebody looks at this page now: if there is no connection, try at once. */
  | { readonly type: 'nudge'; readonly from: TabId }
  /** I lead. Of two who say so the one with the greater term does; a hidden one gives way to a tab that is seen. */
  | { readonly type: 'lead'; readonly from: TabId; readonly term: number; readonly hidden: boolean }
  /** I have `channel` open; `answer`: and you need not tell me that you have, too. */
  | {
      readonly type: 'open';
      readonly from: TabId;
      readonly channel: string;
      /** What I listen to; who listens to nothing that I do is no company. */
      readonly events: readonly string[];
      readonly answer: boolean;
    }
  | { readonly type: 'close'; readonly from: TabId; readonly channel: string }
  /** `tab` is no more; it says so itself, or the leader noticed. */
  | { readonly type: 'gone'; readonly from: TabId; readonly tab: TabId }
  /** To the leader: I have something to send; tell me when it may leave. */
  | {
      readonly type: 'want';
      readonly from: TabId;
      readonly channel: string;
      readonly urgency: Urgency;
      readonly spacing: number;
    }
  /** From the leader: it may leave now. */
  | { readonly type: 'go'; readonly from: TabId; readonly to: TabId; readonly channel: string }
  /** An event for the other tabs on `channel`, and with `everyone` for Pusher too, through the leader. */
  | {
      readonly type: 'tell';
      readonly from: TabId;
      readonly channel: string;
      readonly event: string;
      readonly data: object;
      readonly everyone: boolean;
    }
  /** From the leader: what came over the connection. */
  | {
      readonly type: 'event';
      readonly from: TabId;
      readonly channel: string;
      readonly event: string;
      readonly data: unknown;
      readonly user: string | null;
    }
  /** From the leader: how it stands with `channel`; `fresh`: what was said before now may have been missed. */
  | {
      readonly type: 'news';
      readonly from: TabId;
      readonly channel: string;
      readonly news: ChannelNews;
      readonly fresh: boolean;
    }
  | { readonly type: 'left'; readonly from: TabId; readonly channel: string; readonly member: string }
  | { readonly type: 'complaint'; readonly from: TabId; readonly channel: string }
  | {
      readonly type: 'error';
      readonly from: TabId;
      readonly channel: string;
      readonly code: string;
      readonly message: string;
      readonly status: number;
    };

/** Tabs of another version of this package talk elsewhere. */
export const TAB_PROTOCOL = 1;
