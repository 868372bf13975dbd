import { channelKind, channelNameProblem } from '../protocol/channel-name.js';
import { type Answer, answerJson, refuse } from './answer.js';
import { type ApiRequest, queryValue } from './api-request.js';
import type { AppState } from './app-state.js';
import { attributeProblem, channelInfo, parseInfo, unknownAttribute } from './channel-info.js';

/** `GET /apps/<id>/channels`: occupied channels, optionally by prefix and with attributes. */
export function getChannels(state: AppState, request: ApiRequest): Answer {
  const prefix = queryValue(request, 'filter_by_prefix') ?? '';
  const attributes = parseInfo(queryValue(request, 'info'));
  const other = attributes.find((attribute) => attribute !== 'user_count');
  if (other !== undefined) return refuse(400, `info of channels may ask for user_count, not for ${other}.`);
  if (attributes.length > 0 && !channelKind(prefix).presence) {
    return refuse(400, 'user_count needs filter_by_prefix to begin with "presence-".');
  }
  const names = [...state.channels.occupied()]
    .map(({ name }) => name)
    .filter((name) => name.startsWith(prefix));
  const channels = names.map((name) => [name, channelInfo(state, name, attributes)] as const);
  return answerJson({ channels: Object.fromEntries(channels) });
}

/** `GET /apps/<id>/channels/<name>`: whether a channel is occupied, and attributes of it. */
export function getChannel(state: AppState, request: ApiRequest, name: string): Answer {
  const attributes = parseInfo(queryValue(request, 'info'));
  const problems = [
    channelNameProblem(name, state.limits),
    unknownAttribute(attributes),
    ...attributes.map((attribute) => attributeProblem(state, name, attribute)),
  ];
  const problem = problems.find((sentence) => sentence !== undefined);
  if (problem !== undefined) return refuse(400, problem);
  const occupied = state.channels.get(name) !== undefined;
  return answerJson({ occupied, ...channelInfo(state, name, attributes) });
}

/** `GET /apps/<id>/channels/<name>/users`: the members of a presence channel. */
export function getUsers(state: AppState, _request: ApiRequest, name: string): Answer {
  const problem = channelNameProblem(name, state.limits);
  if (problem !== undefined) return refuse(400, problem);
  if (!channelKind(name).presence) return refuse(400, `Only presence channels have users, ${name} is none.`);
  const members = [...(state.channels.get(name)?.members.keys() ?? [])];
  return answerJson({ users: members.map((id) => ({ id })) });
}
