import type { Lettering } from '@inkwire/core';

/** A font as CSS names it. */
export interface Font {
  /** A list of families, the first of which the machine has is used. */
  readonly family: string;
  /** Page units. */
  readonly size: number;
  readonly bold?: boolean;
  readonly italic?: boolean;
}

/** The families behind the names that elements give fonts: all of them come with some system, none is fetched. */
export const FAMILIES: Readonly<Record<Lettering['font'], string>> = {
  hand: '"Segoe Print", "Bradley Hand", "Comic Neue", "Comic Sans MS", cursive',
  sans: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  serif: 'Charter, Georgia, "Times New Roman", serif',
  mono: 'ui-monospace, "Cascadia Code", Menlo, Consolas, monospace',
};

/** The value of CSS's `font` for a font whose page unit is a pixel. */
export function cssFont({ family, size, bold = false, italic = false }: Font): string {
  return `${italic ? 'italic ' : ''}${bold ? 'bold ' : ''}${size}px ${family}`;
}
