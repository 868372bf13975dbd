/** A colour that the toolbar offers, chosen on light paper; dark paper adapts it. */
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
}

/** What there is to choose from, by tool; tools that are not here have no style. */
export const PALETTES: Readonly<Record<string, Palette>> = {
  pen: {
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
  },
  highlighter: {
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
  },
};
