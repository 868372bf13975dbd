import type { Participant, PresentUser } from '@inkwire/core';

/** Somebody on the board, and the session in which they can be followed. */
export interface Person extends PresentUser {
  readonly session: string;
}

/** The people behind the participants, each once however many tabs they have open, in a stable order. */
export function peopleOf(participants: readonly Participant[]): readonly Person[] {
  const people = new Map<string, Person>();
  for (const { user, session } of [...participants].sort((a, b) => compare(a.session, b.session))) {
    if (!people.has(user.id)) people.set(user.id, { ...user, session });
  }
  return [...people.values()].sort((a, b) => compare(a.id, b.id));
}

/** Whether both show the same faces. */
export function samePeople(a: readonly Person[], b: readonly Person[]): boolean {
  return a.length === b.length && a.every((person, i) => isSame(person, b[i]));
}

function isSame({ id, name, color, session }: Person, other: Person | undefined): boolean {
  return id === other?.id && name === other.name && color === other.color && session === other.session;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Up to two letters: of the first word and the last. */
export function initialsOf(name: string): string {
  const words = name.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]*/gu) ?? [];
  const first = words[0];
  if (first === undefined) return '?';
  const last = words.length > 1 ? words.at(-1) : undefined;
  return [first, last].map((word) => firstGrapheme(word ?? '').toLocaleUpperCase()).join('');
}

/** What a reader sees as one character: an accent or a joined sign is part of it. */
function firstGrapheme(text: string): string {
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text))
    return segment;
  return '';
}
