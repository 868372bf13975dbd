/** What is read of a pressed key. */
export interface PressedKey {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/**
 * The names under which a pressed key may be bound, the most exact first: `Mod`, `Alt` and `Shift` joined by `+`, then
 * the key, as in `Mod+Shift+z`, `Alt+ArrowLeft` or `?`. `Mod` is Control, or Command on a Mac.
 *
 * A sign that needs Shift goes by the sign alone too. Letters and digits that a layout has elsewhere, or lacks, are
 * also found by the key's place.
 */
export function keyNames({ key, code, ctrlKey, metaKey, altKey, shiftKey }: PressedKey): string[] {
  const modifiers = `${ctrlKey || metaKey ? 'Mod+' : ''}${altKey ? 'Alt+' : ''}`;
  const shift = shiftKey ? 'Shift+' : '';
  const typed = key === ' ' ? 'Space' : key.length === 1 ? key.toLowerCase() : key;
  const names = [`${modifiers}${shift}${typed}`];
  if (key.length === 1 && shiftKey && !/\p{L}/u.test(key)) names.push(`${modifiers}${typed}`);
  const letter = /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase();
  const sign = /^Digit([0-9])$/.exec(code)?.[1] ?? BRACKETS[code];
  const placed = letter ?? sign;
  // Where the layout types Latin letters, its own places count; what types something else with Shift goes by its place.
  const foreign = !/^[\x21-\x7e]$/.test(key) || altKey || (sign !== undefined && shiftKey);
  if (placed !== undefined && foreign) names.push(`${modifiers}${shift}${placed}`);
  return [...new Set(names)];
}

const BRACKETS: Readonly<Record<string, string>> = { BracketLeft: '[', BracketRight: ']' };

/** A binding as people read it: `Ctrl Shift Z`, or `⌘ ⇧ Z` on a Mac. */
export function keyLabel(binding: string, mac: boolean): string {
  const signs = mac ? MAC_SIGNS : SIGNS;
  return splitBinding(binding)
    .map((part) => signs[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join(' ');
}

/** A binding as `aria-keyshortcuts` wants it. */
export function ariaKeys(bindings: readonly string[]): string {
  return bindings
    .flatMap((binding) =>
      (binding.includes('Mod+') ? ['Control', 'Meta'] : ['']).map((mod) => ariaKey(binding, mod)),
    )
    .join(' ');
}

function ariaKey(binding: string, mod: string): string {
  return splitBinding(binding)
    .map((part) =>
      part === 'Mod' ? mod : part === '+' ? 'Plus' : part.length === 1 ? part.toUpperCase() : part,
    )
    .join('+');
}

/** The last part may be the plus sign itself. */
function splitBinding(binding: string): string[] {
  if (binding === '+') return ['+'];
  return binding.endsWith('++') ? [...binding.slice(0, -2).split('+'), '+'] : binding.split('+');
}

const ARROWS = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓' };
const SIGNS: Readonly<Record<string, string>> = { ...ARROWS, Mod: 'Ctrl', Escape: 'Esc', Delete: 'Del' };
const MAC_SIGNS: Readonly<Record<string, string>> = {
  ...ARROWS,
  Mod: '⌘',
  Alt: '⌥',
  Shift: '⇧',
  Escape: 'Esc',
};
