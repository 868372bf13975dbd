import { contrast, fromOklch, type Oklch, toOklch } from './color.js';

/** How paper and ink look. */
export interface Theme {
  readonly dark: boolean;
  readonly paper: string;
  /** What the colour `'ink'` is. */
  readonly ink: string;
}

export type ThemeName = 'light' | 'dark' | 'system';

export const LIGHT: Theme = { dark: false, paper: '#fdfdfb', ink: '#1c1d21' };
export const DARK: Theme = { dark: true, paper: '#17181b', ink: '#ecebe7' };

/** What a colour's contrast with dark paper is raised to, unless it was fainter than that on light paper: WCAG's for text. */
const READABLE = 4.5;
const adapted = new Map<string, string>();

/**
 * The colour that paints `color` under `theme`. Elements keep the colour that was chosen on light paper; on dark
 * paper greys turn over and other colours become lighter, until they are as readable as they were.
 */
export function adaptColor(color: string, theme: Theme): string {
  if (color === 'ink') return theme.ink;
  if (!theme.dark) return color;
  let result = adapted.get(color);
  if (result === undefined) {
    result = forDarkPaper(color);
    adapted.set(color, result);
  }
  return result;
}

function forDarkPaper(color: string): string {
  const chosen = toOklch(color);
  if (chosen === null) return DARK.ink;
  const colorfulness = Math.min(chosen.chroma / 0.12, 1);
  const turned = 1 - chosen.lightness * 0.78;
  const lifted = Math.max(chosen.lightness, 0.68);
  const shade: Oklch = { ...chosen, lightness: turned + (lifted - turned) * colorfulness };
  const needed = Math.min(contrast(color, LIGHT.paper), READABLE);
  for (let lightness = shade.lightness; lightness < 1; lightness += 0.01) {
    const candidate = fromOklch({ ...shade, lightness });
    if (contrast(candidate, DARK.paper) >= needed) return candidate;
  }
  return '#ffffff';
}
