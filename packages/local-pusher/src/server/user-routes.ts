import { CLOSE } from '../protocol/close-code.js';
import { type Answer, answerJson } from './answer.js';
import type { ApiRequest } from './api-request.js';
import type { AppState } from './app-state.js';

/** `POST /apps/<id>/users/<user id>/terminate_connections`: closes every connection signed in as this user. */
export function terminateConnections(state: AppState, _request: ApiRequest, userId: string): Answer {
  for (const connection of state.users.connectionsOf(userId)) connection.close(CLOSE.unauthorized);
  return answerJson({});
}
