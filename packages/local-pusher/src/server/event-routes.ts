import { channelNameProblem } from '../protocol/channel-name.js';
import type { Limits } from '../protocol/limits.js';
import { isRecord } from '../protocol/message.js';
import { type Answer, answerJson, refuse } from './answer.js';
import { type ApiRequest, parameters } from './api-request.js';
import type { AppState } from './app-state.js';
import { publish } from './publish.js';

/** An event that a backend asks to be published, with every field checked. */
interface RequestedEvent {
  name: string;
  data: string;
  channels: string[];
  socketId: string | undefined;
}

/** `POST /apps/<id>/events`: one event to one or more channels. */
export function postEvent(state: AppState, request: ApiRequest): Answer {
  const body = parameters(request);
  if (body === undefined) return refuse(400, 'The body must be a JSON object.');
  const channels = body.channels ?? (body.channel === undefined ? undefined : [body.channel]);
  const event = readEvent(body, channels, state.limits);
  if (isRefusal(event)) return event;
  if (state.meter.overQuota()) return overQuota();
  publishRequested(state, event);
  return answerJson({});
}

function publishRequested(state: AppState, event: RequestedEvent): void {
  const except = event.socketId === undefined ? undefined : state.connections.get(event.socketId);
  state.meter.published(1);
  for (const channel of new Set(event.channels)) {
    publish(state, { channel, event: event.name, data: event.data, except });
  }
}

function readEvent(
  body: Record<string, unknown>,
  channels: unknown,
  limits: Limits,
): RequestedEvent | Answer {
  const { name, data, socket_id: socketId } = body;
  if (typeof name !== 'string' || name === '') return refuse(400, 'name must be a non-empty string.');
  if (name.length > limits.eventNameLength) {
    return refuse(400, `name has at most ${limits.eventNameLength} characters, this one has ${name.length}.`);
  }
  if (typeof data !== 'string') return refuse(400, 'data must be a string: encode objects as JSON.');
  const bytes = Buffer.byteLength(data);
  if (bytes > limits.eventDataBytes) {
    return refuse(
      413,
      `The data content of this event exceeds the allowed maximum (${limits.eventDataBytes} bytes).`,
    );
  }
  if (!Array.isArray(channels) || channels.length === 0) {
    return refuse(400, 'channels must be a list of one or more channel names.');
  }
  if (channels.length > limits.channelsPerEvent) {
    return refuse(
      400,
      `channels has at most ${limits.channelsPerEvent} names, this one has ${channels.length}.`,
    );
  }
  for (const channel of channels) {
    const problem = channelNameProblem(channel, limits);
    if (problem !== undefined) return refuse(400, problem);
  }
  if (socketId !== undefined && !(typeof socketId === 'string' && /^\d+\.\d+$/.test(socketId))) {
    return refuse(400, 'socket_id must look like "123.456".');
  }
  return { name, data, channels: channels.map(String), socketId };
}

function isRefusal(event: RequestedEvent | Answer): event is Answer {
  return isRecord(event) && 'status' in event;
}

function overQuota(): Answer {
  return refuse(403, 'Over the message quota for today.');
}
