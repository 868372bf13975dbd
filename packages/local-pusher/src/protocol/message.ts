/** What a client sends. Only the shape of the envelope is checked; `data` is as hostile as it came. */
export interface ClientMessage {
  event: string;
  channel: string | undefined;
  data: unknown;
}

/** A message as the bytes of one text frame, so that a broadcast is serialized once. */
export type Frame = Buffer;

/** Reads a text frame; `undefined` when it is not a JSON object with an event name. */
export function parseMessage(text: string): ClientMessage | undefined {
  const value = parseJson(text);
  if (!isRecord(value) || typeof value.event !== 'string') return undefined;
  return {
    event: value.event,
    channel: typeof value.channel === 'string' ? value.channel : undefined,
    data: value.data,
  };
}

/** Clients may encode the data of a command twice, as the server does with its own. */
export function commandData(data: unknown): Record<string, unknown> {
  const value = typeof data === 'string' ? parseJson(data) : data;
  return isRecord(value) ? value : {};
}

export interface ServerMessage {
  event: string;
  channel?: string;
  /** Already encoded: the protocol sends data as a string. */
  data?: string;
  /** Who triggered a client event on a presence channel. */
  user_id?: string;
}

export function encodeMessage(message: ServerMessage): Frame {
  return Buffer.from(JSON.stringify(message));
}

/** Errors are the one message whose data is not a string. */
export function encodeError(message: string, code: number | null): Frame {
  return Buffer.from(JSON.stringify({ event: 'pusher:error', data: { code, message } }));
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `undefined` when a value is nested deeper than the stack allows: reading takes any depth, writing does not. */
export function encodeJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
