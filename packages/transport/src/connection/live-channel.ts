import type { FrameSource, Urgency } from '../frame/pacer.js';
import type { TransportError } from '../transport-error.js';
import type { Member } from './pusher-client.js';

/** `failed`: nothing but another configuration will help. */
export type ConnectionState = 'connecting' | 'live' | 'offline' | 'failed';

/** What one board hears of its channel. */
export interface LiveChannelListener {
  /** The state, the subscription, the members or the tabs changed. */
  onChange(): void;
  /** The subscription stands; what was said before it may have been missed. */
  onSubscribed(): void;
  onMemberRemoved(id: string): void;
  /** `userId` is Pusher's word for who sent it; null for the server. */
  onEvent(event: string, data: unknown, userId: string | null): void;
  /** An event of another tab of this person in this browser, which no message was spent on (T3). */
  onTabEvent?(event: string, data: unknown): void;
  /** Something may have been lost on the way: a client event was refused. */
  onComplaint(): void;
  onError(error: TransportError): void;
}

/** A channel's fast path, whoever holds the connection. */
export interface LiveChannel {
  readonly state: ConnectionState;
  readonly subscribed: boolean;
  /** Who is here, the own user included, with what the server signed about them. */
  readonly members: ReadonlyMap<string, Member['info']>;
  /** Other tabs of this person in this browser that have the channel open (T3). */
  readonly tabs: number;
  /** Asks for `source.send()` to be called when a client event may leave. */
  request(source: FrameSource, urgency: Urgency): void;
  forget(source: FrameSource): void;
  /** Whether the event was handed on; that it arrives, nobody says. */
  trigger(event: string, data: object): boolean;
  /** As {@link trigger}, for the other tabs of this browser alone: that costs nothing. */
  tellTabs(event: string, data: object): boolean;
  close(): void;
}
