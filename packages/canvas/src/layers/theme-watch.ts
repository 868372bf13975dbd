import { DARK, LIGHT, type Theme, type ThemeName } from '../paint/theme.js';

/** The theme in force; `system` follows what the person chose for their device. */
export interface ThemeWatch {
  readonly current: Theme;
  set(name: ThemeName): void;
  destroy(): void;
}

export function watchTheme(
  window: Window & typeof globalThis,
  initial: ThemeName,
  onChange: () => void,
): ThemeWatch {
  const preference = window.matchMedia('(prefers-color-scheme: dark)');
  let name = initial;
  let current = resolve();

  function resolve(): Theme {
    if (name === 'system') return preference.matches ? DARK : LIGHT;
    return name === 'dark' ? DARK : LIGHT;
  }

  function update(): void {
    const next = resolve();
    if (next === current) return;
    current = next;
    onChange();
  }

  preference.addEventListener('change', update);
  return {
    get current() {
      return current;
    },
    set(next) {
      name = next;
      update();
    },
    destroy: () => preference.removeEventListener('change', update),
  };
}
