import type { Participant } from '@inkwire/core';
import { describe, expect, it } from 'vitest';
import { initialsOf, peopleOf, samePeople } from './people.js';

const participant = (session: string, id: string, name: string): Participant => ({
  session,
  user: { id, name, color: '#1971c2' },
  cursor: null,
  tool: null,
  selection: [],
  viewport: null,
  liveInk: [],
  writing: null,
  drag: null,
});

describe('peopleOf', () => {
  it('names everybody once, however many tabs they have open, in a stable order', () => {
    const ana = [participant('1', 'ana', 'Ana'), participant('2', 'ana', 'Ana')];
    const ben = participant('3', 'ben', 'Ben');
    expect(peopleOf([ben, ...ana]).map(({ name }) => name)).toEqual(['Ana', 'Ben']);
    expect(peopleOf([...ana].reverse())[0]?.session).toBe('1');
    expect(samePeople(peopleOf([ben, ...ana]), peopleOf([...ana, ben]))).toBe(true);
    expect(samePeople(peopleOf(ana), peopleOf([...ana, ben]))).toBe(false);
  });
});

describe('initialsOf', () => {
  it.each([
    ['Ana', 'A'],
    ['ana maria lopez', 'AL'],
    ['Jean-Luc', 'JL'],
    ['Élodie Ångström', 'ÉÅ'],
    ['李小龙', '李'],
    ['👩🏽‍🚀 Ada', 'A'],
    ['  ', '?'],
    ['', '?'],
    ['<b>', 'B'],
  ])('shortens "%s" to %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});
