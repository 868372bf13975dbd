import type { WorkspaceEvent } from '@inkwire/core';

/** The new state that each built-in type of event tells (E1). */
export interface BuiltInEvents {
  'task.assigned': { readonly task: string; readonly assignee: string | null; readonly title?: string };
  'task.status_changed': {
    readonly task: string;
    readonly status: string;
    readonly previous?: string;
    readonly title?: string;
  };
  'comment.added': { readonly comment: string; readonly subject: string; readonly text: string };
  'file.uploaded': { readonly file: string; readonly name: string; readonly bytes: number };
  'whiteboard.edited': { readonly board: string };
}

/** What every event says: which one it is, where, by whom and when (ms since the epoch). */
export interface EventHead {
  readonly id: string;
  readonly channel: string;
  readonly actor: string;
  readonly at: number;
}

/** An event of one of the types in `Events`, told apart by `type`. */
export type EventOf<Events> = {
  [Type in keyof Events & string]: EventHead & { readonly type: Type } & Events[Type];
}[keyof Events & string];

/** Whether an event of a type has the fields of that type. */
export type EventCheck = (event: WorkspaceEvent) => boolean;

const isText = (value: unknown): boolean => typeof value === 'string';
const isTextOrAbsent = (value: unknown): boolean => value === undefined || isText(value);

export const BUILT_IN_CHECKS: Readonly<Record<keyof BuiltInEvents, EventCheck>> = {
  'task.assigned': ({ task, assignee, title }) =>
    isText(task) && (assignee === null || isText(assignee)) && isTextOrAbsent(title),
  'task.status_changed': ({ task, status, previous, title }) =>
    isText(task) && isText(status) && isTextOrAbsent(previous) && isTextOrAbsent(title),
  'comment.added': ({ comment, subject, text }) => isText(comment) && isText(subject) && isText(text),
  'file.uploaded': ({ file, name, bytes }) => isText(file) && isText(name) && Number.isSafeInteger(bytes),
  'whiteboard.edited': ({ board }) => isText(board),
};
