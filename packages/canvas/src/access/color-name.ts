import { toOklch } from '../paint/color.js';

/** Hues by where they end on the circle of OKLCH, degrees. */
const HUES: readonly (readonly [to: number, name: string])[] = [
  [12, 'pink'],
  [42, 'red'],
  [78, 'orange'],
  [115, 'yellow'],
  [165, 'green'],
  [222, 'turquoise'],
  [275, 'blue'],
  [320, 'purple'],
  [360, 'pink'],
];
const GREY = 0.035;
const BROWN = { from: 30, to: 85, below: 0.6 };

/** What people call a colour of the board: `red`, `light blue`, `dark grey`; null for that of the theme's ink. */
export function colorName(color: string): string | null {
  const look = toOklch(color);
  if (look === null) return null;
  const { lightness, chroma } = look;
  if (chroma < GREY) {
    if (lightness > 0.95) return 'white';
    if (lightness < 0.25) return 'black';
    return shaded('grey', lightness, 0.45, 0.8);
  }
  const degrees = ((look.hue * 180) / Math.PI + 360) % 360;
  if (degrees > BROWN.from && degrees < BROWN.to && lightness < BROWN.below)
    return shaded('brown', lightness, 0.35, 1);
  const name = HUES.find(([to]) => degrees <= to)?.[1] ?? 'pink';
  return name === 'yellow' ? name : shaded(name, lightness, 0.4, 0.79);
}

function shaded(name: string, lightness: number, dark: number, light: number): string {
  return lightness < dark ? `dark ${name}` : lightness > light ? `light ${name}` : name;
}
