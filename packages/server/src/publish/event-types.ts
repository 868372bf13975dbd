import type { WorkspaceEvent } from '@inkwire/core';
import * as v from 'valibot';
import { InkwireRefusal } from '../refusal.js';

/** A type of workspace event: its name, and the form of the state that it tells. */
export interface EventType {
  readonly type: string;
  /** Fields beside the common ones; unknown fields are dropped. */
  readonly state: v.GenericSchema<Record<string, unknown>, Record<string, unknown>>;
}

/** What a publisher says; the server adds the time and, unless the publisher needs it for retries, the id. */
export interface NewEvent {
  readonly type: string;
  /** The id of the user who did it. */
  readonly actor: string;
  /** 1 to 64 characters. The same event with the same id is not stored again; another with that id is refused. */
  readonly id?: string;
  readonly [field: string]: unknown;
}

/** What the server itself says of each event. */
const COMMON_FIELDS = ['id', 'type', 'channel', 'actor', 'at'];

const TYPE_NAME = /^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/;

/**
 * Defines a type of event for the option `events`.
 *
 * @param type words with dots between, such as `invoice.paid`
 * @param fields valibot schemas of its own fields
 * @throws {RangeError} when the name has another form, or a field is one that every event has
 */
export const defineEvent = (type: string, fields: Record<string, v.GenericSchema>): EventType => {
  if (!TYPE_NAME.test(type))
    throw new RangeError(`An event type is lower-case words with dots between, not "${type}".`);
  const taken = Object.keys(fields).find((field) => COMMON_FIELDS.includes(field));
  if (taken !== undefined)
    throw new RangeError(`Every event has a field ${taken} already: call that of ${type} something else.`);
  return { type, state: v.object(fields) as EventType['state'] };
};

/** Ids may not hold control characters: a database cannot keep all of them. */
const plain = v.regex(/^[^\p{Cc}\p{Cs}]+$/u);
const id = v.pipe(v.string(), v.maxLength(200), plain);
const title = v.pipe(v.string(), v.maxLength(1_000));

/** The type that the server derives from activity on boards by itself. */
export const WHITEBOARD_EDITED = 'whiteboard.edited';

/** The types that every workspace has (E1). */
export const EVENT_TYPES: readonly EventType[] = [
  defineEvent('task.assigned', { task: id, assignee: v.nullable(id), title: v.optional(title) }),
  defineEvent('task.status_changed', {
    task: id,
    status: id,
    previous: v.optional(id),
    title: v.optional(title),
  }),
  defineEvent('comment.added', { comment: id, subject: id, text: v.pipe(v.string(), v.maxLength(20_000)) }),
  defineEvent('file.uploaded', {
    file: id,
    name: title,
    bytes: v.pipe(v.number(), v.integer(), v.minValue(0)),
  }),
  defineEvent(WHITEBOARD_EDITED, { board: id }),
];

const common = v.object({
  type: v.string(),
  actor: id,
  id: v.optional(v.pipe(v.string(), v.maxLength(64), plain)),
});

/** An event with its time and place, which {@link EventReader} has checked. */
export type EventReader = (
  event: unknown,
  channel: string,
  at: number,
  newId: () => string,
) => WorkspaceEvent;

/** @throws {InkwireRefusal} `bad_request` from the reader, naming the field that is wrong */
export const createEventReader = (types: readonly EventType[]): EventReader => {
  const known = new Map(types.map((type) => [type.type, type]));
  return (event, channel, at, newId) => {
    const { type, actor, id: given } = parse(common, event);
    const schema = known.get(type);
    if (!schema)
      throw new InkwireRefusal(
        'bad_request',
        `There is no event type "${type}": define it in the option events.`,
      );
    const state = parse(schema.state, event);
    return { ...state, id: given ?? newId(), type, channel, actor, at };
  };
};

const parse = <Schema extends v.GenericSchema>(schema: Schema, value: unknown): v.InferOutput<Schema> => {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = v.getDotPath(issue) ?? 'event';
  throw new InkwireRefusal('bad_request', `The event's field ${path} is wrong: ${issue.message}.`);
};
