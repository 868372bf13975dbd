import { channelKind, channelNameProblem } from '../protocol/channel-name.js';
import type { Limits } from '../protocol/limits.js';
import { isRecord } from '../protocol/message.js';
import { type Answer, answerJson, refuse } from './answer.js';
import { type ApiRequest, parameters } from './api-request.js';
import type { AppState } from './app-state.js';
import { channelInfo, parseInfo, unknownAttribute } from './channel-info.js';
import { publish } from './publish.js';

/** An event that a backend asks to be published, with every field checked. */
interface RequestedEvent {
  name: string;
  data: string;
  channels: string[];
  socketId: string | undefined;
  /** Attributes of the channels that are asked for in the answer. */
  info: string[] | undefined;
}

/** `POST /apps/<id>/events`: one event to one or more channels. */
export function postEvent(state: AppState, request: ApiRequest): Answer {
  const body = parameters(request);
  if (body === undefined) return refuse(400, 'The body must be a JSON object.');
  const channels = body.channels ?? (body.channel === undefined ? undefined : [body.channel]);
  const event = readEvent(body, channels, state.limits);
  if (isRefusal(event)) return event;
  publishRequested(state, event);
  const { info } = event;
  if (info === undefined) return answerJson({});
  const infos = event.channels.map((channel) => [channel, channelInfo(state, channel, info)] as const);
  return answerJson({ channels: Object.fromEntries(infos) });
}

/** `POST /apps/<id>/batch_events`: several events, each to one channel; all of them or, if one is wrong, none. */
export function postBatch(state: AppState, request: ApiRequest): Answer {
  const batch = parameters(request)?.batch;
  const { eventsPerBatch } = state.limits;
  if (!Array.isArray(batch) || batch.length === 0)
    return refuse(400, 'batch must be a list of one or more events.');
  if (batch.length > eventsPerBatch) {
    return refuse(400, `batch has at most ${eventsPerBatch} events, this one has ${batch.length}.`);
  }
  const events: RequestedEvent[] = [];
  for (const [i, body] of batch.entries()) {
    if (!isRecord(body)) return refuse(400, `batch[${i}] must be an object.`);
    const event = readEvent(body, body.channel === undefined ? undefined : [body.channel], state.limits);
    if (isRefusal(event)) return { ...event, body: `batch[${i}]: ${event.body}` };
    events.push(event);
  }
  for (const event of events) publishRequested(state, event);
  if (events.every(({ info }) => info === undefined)) return answerJson({});
  return answerJson({
    batch: events.map(({ channels: [channel = ''], info = [] }) => channelInfo(state, channel, info)),
  });
}

function publishRequested(state: AppState, event: RequestedEvent): void {
  const { name, data, socketId } = event;
  const except = socketId === undefined ? undefined : state.connections.get(socketId);
  state.meter.published(event.info === undefined ? 1 : 2);
  for (const channel of new Set(event.channels)) {
    if (channelKind(channel).cache) state.cache.set(channel, name, data);
    publish(state, { channel, event: name, data, except });
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
  const info = body.info === undefined ? undefined : parseInfo(body.info);
  const unknown = unknownAttribute(info ?? []);
  if (unknown !== undefined) return refuse(400, unknown);
  return { name, data, channels: channels.map(String), socketId, info };
}

function isRefusal(event: RequestedEvent | Answer): event is Answer {
  return isRecord(event) && 'status' in event;
}
