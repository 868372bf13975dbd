import { encodeMessage } from '../protocol/message.js';
import type { AppState } from './app-state.js';
import type { Connection } from './connection.js';

export interface PublishedEvent {
  channel: string;
  event: string;
  data: string | undefined;
  /** Who triggered it, if that was a member of a presence channel. */
  userId?: string | undefined;
  /** The connection that must not get it. */
  except?: Connection | undefined;
}

/** Sends an event to the subscribers of a channel, serialized once for all of them. */
export function publish(state: AppState, published: PublishedEvent): void {
  const frame = encodeMessage({
    event: published.event,
    channel: published.channel,
    ...(published.data !== undefined && { data: published.data }),
    ...(published.userId !== undefined && { user_id: published.userId }),
  });
  const { channel, event, except } = published;
  state.channels.broadcast({ channel, event, frame }, except);
}
