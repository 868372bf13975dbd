import { type ClientMessage, commandData, encodeMessage } from '../protocol/message.js';
import type { AppState } from './app-state.js';
import { relayClientEvent } from './client-event.js';
import type { Connection } from './connection.js';
import { type Refusal, refusal } from './refusal.js';
import { signIn } from './sign-in.js';
import { subscribe } from './subscribe.js';

const PONG = encodeMessage({ event: 'pusher:pong', data: '{}' });

/** Does what a client asks, or says why not. */
export function answerMessage(
  state: AppState,
  connection: Connection,
  message: ClientMessage,
): Refusal | undefined {
  const { event, data } = message;
  switch (event) {
    case 'pusher:ping':
      connection.send(PONG);
      return undefined;
    case 'pusher:pong':
      return undefined;
    case 'pusher:subscribe':
      return subscribe(state, connection, commandData(data));
    case 'pusher:unsubscribe':
      state.channels.leave(connection, channelOf(message) ?? '');
      return undefined;
    case 'pusher:signin':
      return signIn(state, connection, commandData(data));
    default:
      return event.startsWith('client-')
        ? relayClientEvent(state, connection, message)
        : refusal(`Unsupported event received on socket: '${event.slice(0, 200)}'`);
  }
}

/** The channel a message is about: of the event, or in the data of a command. */
export function channelOf({ channel, data }: ClientMessage): string | undefined {
  const named = channel ?? commandData(data).channel;
  return typeof named === 'string' ? named : undefined;
}
