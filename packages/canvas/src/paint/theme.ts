import { contrast, fromOklch, type Oklch, toOklch } from './color.js';

/** How paper and ink look. */
export interface Theme {
  readonly dark: boolean;
  readonly paper: string;
  /** What the colour `'ink'` is. */
  readonly ink: string;
  /** Whether they are the device's own, on which it insists: then every colour can be read, and nothing is filled. */
  readonly forced: boolean;
}

export type ThemeName = 'light' | 'dark' | 'system';

export const LIGHT: Theme = { dark: false, paper: '#fdfdfb', ink: '#1c1d21', forced: false };
export const DARK: Theme = { dark: true, paper: '#17181b', ink: '#ecebe7', forced: false };

/** The theme of a device that forces its colours upon pages, such as Windows with a contrast theme. */
export function forcedTheme(paper: string, ink: string): Theme {
  const dark = contrast(paper, '#ffffff') > contrast(paper, '#000000');
  return { dark, paper, ink, forced: true };
}

/** What a colour's contrast with dark paper is raised to, unless it was fainter than that on light paper: WCAG's for text. */
const READABLE = 4.5;
const adapted = new Map<string, string>();
/** More colours than boards have, but for those that somebody made to have very many: they are adapted anew then. */
const MOST_ADAPTED = 1_000;

/**
 * The colour that paints `color` under `theme`. Elements keep the colour that was chosen on light paper; on dark
 * paper greys turn over and other colours become lighter, until they are as readable as they were.
 */
export function adaptColor(color: string, theme: Theme): string {
  if (color === 'ink') return theme.ink;
  if (!theme.dark && !theme.forced) return color;
  const key = `${theme.forced} ${theme.paper} ${color}`;
  let result = adapted.get(key);
  if (result === undefined) {
    result = onPaper(color, theme);
    if (adapted.size === MOST_ADAPTED) adapted.clear();
    adapted.set(key, result);
  }
  return result;
}

/**
 * The colour that fills what is filled with `color`. On dark paper it turns over like paper itself, a pale fill into a deep
 * one, so that lines and letters can be read on it as before; where the device insists on its colours it is its paper.
 */
export function adaptFill(color: string, theme: Theme): string {
  if (theme.forced) return theme.paper;
  const chosen = theme.dark ? toOklch(color) : null;
  return chosen === null
    ? adaptColor(color, theme)
    : fromOklch({ ...chosen, lightness: 1 - chosen.lightness * 0.69 });
}

function onPaper(color: string, { dark, paper, ink, forced }: Theme): string {
  const chosen = toOklch(color);
  if (chosen === null) return ink;
  const shade = dark ? turnedOver(chosen) : chosen;
  const needed = forced ? READABLE : Math.min(contrast(color, LIGHT.paper), READABLE);
  const step = dark ? 0.01 : -0.01;
  for (let { lightness } = shade; lightness > 0 && lightness < 1; lightness += step) {
    const candidate = fromOklch({ ...shade, lightness });
    if (contrast(candidate, paper) >= needed) return candidate;
  }
  return dark ? '#ffffff' : '#000000';
}

function turnedOver(chosen: Oklch): Oklch {
  const colorfulness = Math.min(chosen.chroma / 0.12, 1);
  const turned = 1 - chosen.lightness * 0.78;
  const lifted = Math.max(chosen.lightness, 0.68);
  return { ...chosen, lightness: turned + (lifted - turned) * colorfulness };
}
