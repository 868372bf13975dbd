import type { Participant, PresentUser } from '@inkwire/core';

/** The people behind the participants, each once however many tabs they have open, in a stable order. */
export function peopleOf(participants: readonly Participant[]): readonly PresentUser[] {
  const people = new Map<string, PresentUser>();
  for (const { user } of participants) if (!people.has(user.id)) people.set(user.id, user);
  return [...people.values()].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** Whether both show the same faces. */
export function samePeople(a: readonly PresentUser[], b: readonly PresentUser[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ id, name, color }, i) => id === b[i]?.id && name === b[i]?.name && color === b[i]?.color)
  );
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
