/** The colours of what is drawn over the board. */
export interface OverlayColors {
  readonly accent: string;
  /** Of handles. */
  readonly handle: string;
  readonly guide: string;
  readonly veil: string;
  readonly onAccent: string;
}

const LIGHT: OverlayColors = {
  accent: '#3b5bdb',
  handle: '#ffffff',
  guide: '#e64980',
  veil: 'rgb(59 91 219 / 0.08)',
  onAccent: '#ffffff',
};

const DARK: OverlayColors = {
  accent: '#91a7ff',
  handle: '#22242a',
  guide: '#faa2c1',
  veil: 'rgb(145 167 255 / 0.14)',
  onAccent: '#17181b',
};

/** As the person chose for their whole device. */
const FORCED: OverlayColors = {
  accent: 'Highlight',
  handle: 'Canvas',
  guide: 'LinkText',
  veil: 'transparent',
  onAccent: 'HighlightText',
};

/** @param forced whether the device forces its own colours on every page. */
export function overlayColors(dark: boolean, forced: boolean): OverlayColors {
  if (forced) return FORCED;
  return dark ? DARK : LIGHT;
}
