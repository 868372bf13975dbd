import { DARK, forcedTheme, LIGHT, type Theme, type ThemeName } from '../paint/theme.js';

/**
 * The theme in force; `system` follows what the person chose for their device. Colours that the device forces upon pages
 * go before any choice.
 */
export interface ThemeWatch {
  readonly current: Theme;
  set(name: ThemeName): void;
  destroy(): void;
}

const NAMES: readonly ThemeName[] = ['system', 'light', 'dark'];

/** Throws `RangeError` for a theme that does not exist. */
export function checkTheme(name: ThemeName): void {
  if (!NAMES.includes(name))
    throw new RangeError(`There is no theme '${name}'. The themes are ${NAMES.join(', ')}.`);
}

export function watchTheme(
  window: Window & typeof globalThis,
  initial: ThemeName,
  onChange: () => void,
): ThemeWatch {
  const preference = window.matchMedia('(prefers-color-scheme: dark)');
  const forcing = window.matchMedia('(forced-colors: active)');
  let name = initial;
  let current = resolve();

  function resolve(): Theme {
    if (forcing.matches) return readForced(window);
    if (name === 'system') return preference.matches ? DARK : LIGHT;
    return name === 'dark' ? DARK : LIGHT;
  }

  function update(): void {
    const next = resolve();
    if (next.paper === current.paper && next.ink === current.ink && next.forced === current.forced) return;
    current = next;
    onChange();
  }

  preference.addEventListener('change', update);
  forcing.addEventListener('change', update);
  return {
    get current() {
      return current;
    },
    set(next) {
      checkTheme(next);
      name = next;
      update();
    },
    destroy() {
      preference.removeEventListener('change', update);
      forcing.removeEventListener('change', update);
    },
  };
}

/** The device's colours as numbers: a canvas in a worker does not know them by their names. */
function readForced(window: Window & typeof globalThis): Theme {
  const { document } = window;
  const probe = document.createElement('span');
  probe.style.color = 'CanvasText';
  probe.style.backgroundColor = 'Canvas';
  document.documentElement.append(probe);
  const { color, backgroundColor } = window.getComputedStyle(probe);
  const theme = forcedTheme(toHex(backgroundColor) ?? LIGHT.paper, toHex(color) ?? LIGHT.ink);
  probe.remove();
  return theme;
}

function toHex(rgb: string): string | null {
  const channels = rgb.match(/\d+/g)?.slice(0, 3).map(Number);
  if (channels?.length !== 3) return null;
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
