import { describe, expect, it, vi } from 'vitest';
import { callingCurrent, type ElementOptions, sameOptions } from './element-options.js';

const paint = () => undefined;
const rendered = (): ElementOptions => ({
  fingers: 'pan',
  style: { color: '#e03131', width: 7 },
  keys: { 'tool.pen': ['b', 'p'], duplicate: [] },
  painters: { dial: paint },
  tools: [{ name: 'stamp', cursor: 'cell', style: {}, begin: null }],
  freeArea: () => ({ left: 0, top: 0, width: 800, height: 600 }),
  nameOf: (user) => user,
  storeImage: async () => 'id',
});

describe('options of an element', () => {
  it('are the same when nothing in them differs but the identity of functions, and the tool', () => {
    expect(sameOptions(rendered(), rendered())).toBe(true);
    expect(sameOptions(rendered(), { ...rendered(), tool: 'arrow' })).toBe(true);
    expect(sameOptions({}, { fingers: undefined, keys: undefined, nameOf: undefined })).toBe(true);
  });

  it.each<[string, ElementOptions]>([
    ['fingers', { fingers: 'draw' }],
    ['a style', { style: { color: '#e03131', width: 8 } }],
    ['a key', { keys: { 'tool.pen': ['b'], duplicate: [] } }],
    ['a painter', { painters: { dial: () => undefined } }],
    ['a further painter', { painters: { dial: paint, gauge: paint } }],
    ['a tool', { tools: [{ name: 'stamp', cursor: 'text', style: {}, begin: null }] }],
    ['a function that is gone', { nameOf: undefined }],
    ['a function that was none', { onTakenIn: () => undefined }],
  ])('are others with another one: %s', (_what, change) => {
    expect(sameOptions(rendered(), { ...rendered(), ...change })).toBe(false);
  });

  it('call the functions that are given by then', () => {
    let current: ElementOptions = { nameOf: () => 'Ana' };
    const { nameOf, storeImage } = callingCurrent(current, () => current);
    expect([nameOf?.('a'), storeImage]).toEqual(['Ana', undefined]);
    const later = vi.fn(() => 'Ben');
    current = { nameOf: later };
    expect(nameOf?.('b')).toBe('Ben');
    expect(later).toHaveBeenCalledWith('b');
    current = {};
    expect(nameOf?.('a')).toBe('Ana');
  });
});
