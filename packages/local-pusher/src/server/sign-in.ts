import { ERROR } from '../protocol/close-code.js';
import { encodeMessage, isRecord, parseJson } from '../protocol/message.js';
import { userText, verifyAuth } from '../protocol/signature.js';
import type { AppState } from './app-state.js';
import type { Connection, SignedInUser } from './connection.js';
import { type Refusal, refusal } from './refusal.js';

/** Answers `pusher:signin`, or says what is wrong with it. */
export function signIn(
  state: AppState,
  connection: Connection,
  data: Record<string, unknown>,
): Refusal | undefined {
  const { auth, user_data: userData } = data;
  if (typeof userData !== 'string') return refusal('Signing in needs user_data, as a JSON string');
  const signed = userText(connection.socketId, userData);
  if (!verifyAuth(state.app, signed, auth)) {
    return refusal(`Invalid signature: expected <key>:<HMAC-SHA256 in hex of "${signed}">`);
  }
  const user = parseUser(userData);
  const { userIdLength, watchlistLength } = state.limits;
  if (user === undefined || user.id.length > userIdLength) {
    return refusal(`user_data must have an id, a string of 1 to ${userIdLength} characters`);
  }
  if (connection.user !== undefined && connection.user.id !== user.id) {
    return refusal(`The connection is already signed in as user ${connection.user.id}`);
  }
  connection.userIds.add(user.id);
  connection.send(
    encodeMessage({ event: 'pusher:signin_success', data: JSON.stringify({ user_data: userData }) }),
  );
  state.users.signIn(connection, { ...user, watchlist: user.watchlist.slice(0, watchlistLength) });
  if (user.watchlist.length <= watchlistLength) return undefined;
  return refusal(
    `Only the first ${watchlistLength} users of a watchlist are watched`,
    ERROR.watchlistTooLong,
  );
}

function parseUser(userData: string): SignedInUser | undefined {
  const value = parseJson(userData);
  if (!isRecord(value) || typeof value.id !== 'string' || value.id === '') return undefined;
  const watchlist = Array.isArray(value.watchlist) ? value.watchlist : [];
  return { id: value.id, info: value.user_info, watchlist: watchlist.filter((id) => typeof id === 'string') };
}
