import { describe, expect, it } from 'vitest';
import type { Command } from '../editor/command.js';
import { createKeyMap, KEY_STORAGE, type KeyStorage } from './key-map.js';

const command = (name: string, keys: string[], byBrowser = false): Command => ({
  name,
  label: name,
  group: 'edit',
  keys,
  changes: false,
  byBrowser,
  run() {},
  enabled: () => true,
});

function kept(initial: string | null = null): KeyStorage & { value: string | null } {
  const storage = {
    value: initial,
    getItem: () => storage.value,
    setItem: (_name: string, value: string) => {
      storage.value = value;
    },
    removeItem: () => {
      storage.value = null;
    },
  };
  return storage;
}

const COMMANDS = [command('pen', ['p']), command('copy', ['Mod+c'], true), command('erase', ['e'])];
const mapOf = (storage: KeyStorage | null, keys?: Record<string, string[]>) => {
  let changes = 0;
  const map = createKeyMap({ commands: COMMANDS, keys, storage, onChange: () => (changes += 1) });
  const keysOf = (name: string) => map.commands.find((each) => each.name === name)?.keys;
  return { map, keysOf, changes: () => changes };
};

describe('keys', () => {
  it('are those of the commands, of the app, and of the person, who has the last word; kept in the browser', () => {
    const storage = kept();
    const { map, keysOf, changes } = mapOf(storage, { pen: ['b'] });
    expect([keysOf('pen'), keysOf('erase')]).toEqual([['b'], ['e']]);
    map.set('pen', ['x']);
    map.set('erase', []);
    expect([keysOf('pen'), keysOf('erase'), changes()]).toEqual([['x'], [], 2]);
    expect(mapOf(storage, { pen: ['b'] }).keysOf('pen')).toEqual(['x']);
    map.set('erase', null);
    expect(keysOf('erase')).toEqual(['e']);
    map.reset();
    expect(keysOf('pen')).toEqual(['b']);
    expect(storage.value).toBe(null);
  });

  it('that were given to another command go to that one first', () => {
    const { map } = mapOf(kept());
    map.set('erase', ['p']);
    expect(map.commands.map(({ name }) => name)).toEqual(['erase', 'pen', 'copy']);
  });

  it('of the browser are ours once they are others', () => {
    const { map } = mapOf(kept());
    map.set('copy', ['y']);
    expect(map.commands[0]).toMatchObject({ name: 'copy', keys: ['y'], byBrowser: false });
  });

  it('survive what is damaged, a browser that keeps nothing, and refuse commands that are none', () => {
    for (const damaged of [
      '{',
      '[]',
      'null',
      '7',
      '{"pen":"x"}',
      '{"pen":[1]}',
      '{"__proto__":["q"]}',
      JSON.stringify({ pen: Array(99).fill('a') }),
    ])
      expect(mapOf(kept(damaged)).keysOf('pen')).toEqual(['p']);
    const refusing: KeyStorage = {
      getItem() {
        throw new Error('No.');
      },
      setItem() {
        throw new Error('No.');
      },
      removeItem() {},
    };
    const { map, keysOf } = mapOf(refusing);
    map.set('pen', ['x']);
    expect(keysOf('pen')).toEqual(['x']);
    expect(() => map.set('fly', ['f'])).toThrow(RangeError);
    expect(KEY_STORAGE).toBe('inkwire.keys');
  });
});
