import type { Sequence } from './entry.js';
import { WireError } from './wire-error.js';

/** The name of the Pusher event that announces a workspace event. */
export const WORKSPACE_EVENT = 'workspace-event';

/** Something that happened in the app, as everyone on its channel is told. */
export interface WorkspaceEvent {
  /** The same however often it is told. */
  readonly id: string;
  /** Such as `task.assigned`. */
  readonly type: string;
  readonly channel: string;
  /** The id of the user who did it. */
  readonly actor: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The new state, by the type's own fields. */
  readonly [field: string]: unknown;
}

/** The data of a `workspace-event`. Without `event`, it was too large to be sent and has to be pulled. */
export interface EventNotice {
  readonly epoch: string;
  /** The event's place among the events of its channel: 1, 2, 3 … without holes. */
  readonly seq: Sequence;
  readonly event?: WorkspaceEvent;
}

/** `GET /channels/:channel/events?after=SEQ`: the next events, ascending; ask again until `head` is reached. */
export interface EventsAnswer {
  readonly epoch: string;
  readonly head: Sequence;
  /** Events up to this one are no longer kept. */
  readonly floor: Sequence;
  readonly events: readonly (readonly [seq: Sequence, event: WorkspaceEvent])[];
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** @throws {WireError} when `value` lacks what every workspace event has. */
export const readWorkspaceEvent = (value: unknown): WorkspaceEvent => {
  const event = (value ?? {}) as Record<string, unknown>;
  for (const field of ['id', 'type', 'channel', 'actor'])
    if (typeof event[field] !== 'string' || event[field] === '')
      throw new WireError(field, `A workspace event has a field ${field}, a string.`);
  if (!isCount(event.at)) throw new WireError('at', 'A workspace event has a time, in ms since the epoch.');
  return event as unknown as WorkspaceEvent;
};

/** @throws {WireError} when `data` is no notice of a workspace event. */
export const readEventNotice = (data: unknown): EventNotice => {
  const { epoch, seq, event } = (data ?? {}) as Record<string, unknown>;
  if (typeof epoch !== 'string') throw new WireError('epoch', 'A notice names the epoch of its log.');
  if (!isCount(seq)) throw new WireError('seq', 'A notice names the sequence of its event.');
  return {
    epoch,
    seq: seq as Sequence,
    ...(event === undefined ? {} : { event: readWorkspaceEvent(event) }),
  };
};
