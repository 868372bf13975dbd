import { type Person, pair, personOf } from '../people.js';

/** What a page's address says: who is here, and on which board. */
export interface Address {
  readonly board: string;
  /** One person alone, or the two side by side. */
  readonly people: readonly Person[];
}

const firstBoard = 'demo';

/** Reads `?board=…&person=…`; what is missing or impossible becomes the first board and the two people. */
export function readAddress(url: URL): Address {
  const person = personOf(url.searchParams.get('person') ?? '');
  return {
    board: boardIdOf(url.searchParams.get('board') ?? '') ?? firstBoard,
    people: person ? [person] : pair,
  };
}

/** The address of `board`: with `person` alone, or of the page with the two. */
export function addressOf(base: URL, board: string, person?: Person): URL {
  const url = new URL('/', base);
  if (person) url.searchParams.set('person', person.id);
  url.searchParams.set('board', board);
  return url;
}

/** A board's id from the name that somebody typed, or null when nothing of it can be used. */
export function boardIdOf(name: string): string | null {
  const id = name
    .trim()
    .normalize('NFKD')
    .replace(/\s+/g, '-')
    .replace(/[^A-Za-z0-9_\-=@,.;]/g, '')
    .slice(0, 60);
  return id === '' ? null : id;
}
