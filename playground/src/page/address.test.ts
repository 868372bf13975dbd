import { describe, expect, it } from 'vitest';
import { pair, personOf } from '../people.js';
import { addressOf, boardIdOf, readAddress } from './address.js';

const base = new URL('http://127.0.0.1:4000/?person=ana&board=old');

describe('readAddress', () => {
  it('shows two people on the first board when nothing is said', () => {
    expect(readAddress(new URL('http://127.0.0.1:4000/'))).toEqual({ board: 'demo', people: pair });
  });

  it('shows one person when one is named', () => {
    const { board, people } = readAddress(new URL('/?person=ana&board=maths', base));
    expect(board).toBe('maths');
    expect(people.map(({ name }) => name)).toEqual(['Ana']);
  });

  it('falls back where a name cannot be one', () => {
    expect(readAddress(new URL('/?person=%3Cb%3E&board=%2F%2F', base))).toEqual({
      board: 'demo',
      people: pair,
    });
  });

  it('reads back every address that it makes', () => {
    const cleo = personOf('cleo')!;
    expect(readAddress(addressOf(base, 'a_b=c,d.e;f@g', cleo))).toEqual({
      board: 'a_b=c,d.e;f@g',
      people: [cleo],
    });
    expect(readAddress(addressOf(base, 'maths'))).toEqual({ board: 'maths', people: pair });
  });
});

describe('boardIdOf', () => {
  it('makes an id of what people type', () => {
    expect(boardIdOf('Plans for  Thursday')).toBe('Plans-for-Thursday');
    expect(boardIdOf('Café №1')).toBe('Cafe-No1');
    expect(boardIdOf(' maths ')).toBe('maths');
  });

  it('gives up where nothing is left', () => {
    expect(boardIdOf('///')).toBeNull();
    expect(boardIdOf('  ')).toBeNull();
  });
});
