import type { Style } from '@inkwire/core';
import { adaptColor, adaptFill, type Theme } from '../paint/theme.js';

/** A colour that is offered, chosen on light paper; dark paper adapts it. */
export interface Swatch {
  readonly name: string;
  readonly color: string;
}

export interface Width {
  readonly name: string;
  /** Page units. */
  readonly width: number;
}

export interface Palette {
  readonly swatches: readonly Swatch[];
  readonly widths: readonly Width[];
  /** How a swatch looks: as what has its colour does on the board. */
  look(color: string, theme: Theme): string;
}

/** For ink, lines, outlines and text. */
const PLAIN: Palette = {
  swatches: [
    { name: 'Ink', color: 'ink' },
    { name: 'Red', color: '#e03131' },
    { name: 'Orange', color: '#e8590c' },
    { name: 'Green', color: '#2b8a3e' },
    { name: 'Blue', color: '#1971c2' },
    { name: 'Violet', color: '#6741d9' },
  ],
  widths: [
    { name: 'Fine', width: 2 },
    { name: 'Medium', width: 3.5 },
    { name: 'Bold', width: 7 },
  ],
  look: adaptColor,
};

const MARKER: Palette = {
  swatches: [
    { name: 'Yellow', color: '#ffd43b' },
    { name: 'Green', color: '#69db7c' },
    { name: 'Blue', color: '#66d9e8' },
    { name: 'Pink', color: '#faa2c1' },
    { name: 'Orange', color: '#ffa94d' },
    { name: 'Violet', color: '#b197fc' },
  ],
  widths: [
    { name: 'Narrow', width: 12 },
    { name: 'Medium', width: 20 },
    { name: 'Broad', width: 36 },
  ],
  look: adaptColor,
};

/** For paper of notes. */
const NOTES: Palette = {
  swatches: [
    { name: 'Yellow', color: '#ffe58f' },
    { name: 'Green', color: '#c3eea9' },
    { name: 'Blue', color: '#b5e0f7' },
    { name: 'Pink', color: '#fcc9dc' },
    { name: 'Orange', color: '#ffd0a1' },
    { name: 'Violet', color: '#d9ccfb' },
  ],
  widths: [],
  // Notes are the same under every theme, but for their edge where the device forces its colours.
  look: (color, theme) => (theme.forced ? adaptColor(color, theme) : color),
};

/** What there is to choose from for a tool, and while selecting for what is selected. */
export function paletteOf(tool: string, style: Style): Palette {
  if (tool === 'highlighter') return MARKER;
  // Of all that has a place for text within, only notes have no outline.
  const isNote = 'verticalAlign' in style && !('width' in style);
  return tool === 'sticky' || (tool === 'select' && isNote) ? NOTES : PLAIN;
}

/** What shapes and frames can be filled with. */
export const FILLS: readonly Swatch[] = [
  { name: 'No fill', color: 'none' },
  { name: 'Grey fill', color: '#e9ecef' },
  { name: 'Red fill', color: '#ffc9c9' },
  { name: 'Orange fill', color: '#ffd8a8' },
  { name: 'Green fill', color: '#b2f2bb' },
  { name: 'Blue fill', color: '#a5d8ff' },
  { name: 'Violet fill', color: '#d0bfff' },
];

/** How a fill looks in the list; where the device forces its colours nothing is filled, but choices can be told apart. */
export function lookOfFill(color: string, theme: Theme): string {
  return theme.forced ? adaptColor(color, theme) : adaptFill(color, theme);
}
