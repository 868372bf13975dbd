import { channelKind } from '../protocol/channel-name.js';
import { ERROR } from '../protocol/close-code.js';
import { type ClientMessage, encodeJson } from '../protocol/message.js';
import type { AppState } from './app-state.js';
import type { Connection } from './connection.js';
import { publish } from './publish.js';
import { type Refusal, refusal } from './refusal.js';

/** Passes a client event on to the other subscribers of its channel, or says why not. */
export function relayClientEvent(
  state: AppState,
  connection: Connection,
  message: ClientMessage,
): Refusal | undefined {
  const data = encodeData(message.data);
  const refused = refuseClientEvent(state, connection, message, data);
  if (refused !== undefined) {
    state.meter.eventRefused();
    return refused;
  }
  const { event, channel = '' } = message;
  const userId = state.channels.get(channel)?.subscribers.get(connection)?.userId;
  state.meter.published(1);
  publish(state, { channel, event, data, userId, except: connection });
  state.announce({
    name: 'client_event',
    channel,
    event,
    data,
    socket_id: connection.socketId,
    ...(userId !== undefined && { user_id: userId }),
  });
  return undefined;
}

function refuseClientEvent(
  state: AppState,
  connection: Connection,
  message: ClientMessage,
  data: string | undefined,
): Refusal | undefined {
  const { channel, event } = message;
  const { limits, app } = state;
  if (app.clientEvents === false) {
    return refusal('To send client events, enable them in the settings of the app');
  }
  if (!connection.clientEvents.attempt()) {
    const limit = `${limits.clientEventsPerSecond} a second`;
    return refusal(`Client event rejected due to rate limit (${limit})`, ERROR.rateLimit);
  }
  if (channel === undefined) return refusal('A client event needs a channel');
  const kind = channelKind(channel);
  if (!kind.authorized) {
    return refusal('Client event rejected - only supported on private and presence channels');
  }
  if (kind.encrypted) return refusal('Client event rejected - not supported on encrypted channels');
  if (!connection.joined.has(channel)) {
    return refusal(`Cannot broadcast client event (connection not subscribed to channel ${channel})`);
  }
  if (event.length > limits.eventNameLength) {
    return refusal(`An event name has at most ${limits.eventNameLength} characters, not ${event.length}`);
  }
  if (data === undefined && message.data !== undefined) {
    return refusal('The data of this event is nested too deeply');
  }
  if (data !== undefined && Buffer.byteLength(data) > limits.eventDataBytes) {
    const most = `${limits.eventDataBytes} bytes`;
    return refusal(`The data content of this event exceeds the allowed maximum (${most})`);
  }
  if (state.meter.overQuota()) return refusal('Application is over its message quota for today');
  return undefined;
}

/** The protocol delivers data as a string; clients may send any JSON value. */
function encodeData(data: unknown): string | undefined {
  return data === undefined || typeof data === 'string' ? data : encodeJson(data);
}
