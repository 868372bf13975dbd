import { expect, it } from 'vitest';
import { ariaKeys, keyLabel, keyNames, type PressedKey } from './key-binding.js';

function pressed(key: string, code: string, ...held: ('ctrl' | 'meta' | 'alt' | 'shift')[]): PressedKey {
  const has = (name: (typeof held)[number]) => held.includes(name);
  return {
    key,
    code,
    ctrlKey: has('ctrl'),
    metaKey: has('meta'),
    altKey: has('alt'),
    shiftKey: has('shift'),
  };
}

it.each([
  [pressed('z', 'KeyZ', 'ctrl'), 'Mod+z'],
  [pressed('Z', 'KeyZ', 'meta', 'shift'), 'Mod+Shift+z'],
  [pressed('ArrowLeft', 'ArrowLeft', 'shift'), 'Shift+ArrowLeft'],
  [pressed('?', 'Slash', 'shift'), '?'],
  [pressed('+', 'Equal', 'shift'), '+'],
  [pressed('!', 'Digit1', 'shift'), 'Shift+1'],
  [pressed('}', 'BracketRight', 'shift'), 'Shift+]'],
  [pressed('å', 'KeyA', 'alt'), 'Alt+a'],
  // Cyrillic: the key where Z is on a Latin keyboard.
  [pressed('я', 'KeyZ', 'ctrl'), 'Mod+z'],
  [pressed(' ', 'Space'), 'Space'],
])('finds a key by what it types or where it is: %o is %s', (key, name) => {
  expect(keyNames(key)).toContain(name);
});

it('goes by the letter and not the place where a layout has both', () => {
  // French: A is where Q is on an American keyboard.
  expect(keyNames(pressed('a', 'KeyQ'))).toEqual(['a']);
});

it('shows bindings as the platform writes them', () => {
  expect(keyLabel('Mod+Shift+z', false)).toBe('Ctrl Shift Z');
  expect(keyLabel('Mod+Shift+z', true)).toBe('⌘ ⇧ Z');
  expect(keyLabel('+', false)).toBe('+');
  expect(ariaKeys(['Mod+z', '+'])).toBe('Control+Z Meta+Z Plus');
});
