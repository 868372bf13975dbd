/**
 * A colour in OKLCH: equal steps look equally large, and lightness can change while the hue stays.
 * Matrices: Björn Ottosson, "A perceptual color space for image processing", 2020.
 */
export interface Oklch {
  /** 0 (black) to 1 (white). */
  readonly lightness: number;
  /** 0 (grey) to about 0.32. */
  readonly chroma: number;
  /** Radians. */
  readonly hue: number;
}

type Triple = readonly [number, number, number];

/** `#rrggbb` as OKLCH; null for anything else. */
export function toOklch(hex: string): Oklch | null {
  const rgb = parse(hex);
  if (rgb === null) return null;
  const [r, g, b] = rgb;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const lightness = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return { lightness, chroma: Math.hypot(a, bb), hue: Math.atan2(bb, a) };
}

/** The nearest `#rrggbb`: chroma is given up before lightness and hue where a screen cannot show all three. */
export function fromOklch(color: Oklch): string {
  for (let chroma = color.chroma; chroma > 0.002; chroma *= 0.92) {
    const rgb = toLinear({ ...color, chroma });
    if (rgb.every((channel) => channel >= -0.001 && channel <= 1.001)) return format(rgb);
  }
  return format(toLinear({ ...color, chroma: 0 }));
}

/** The contrast ratio of WCAG 2, 1 to 21; 1 when one of the colours is not `#rrggbb`. */
export function contrast(a: string, b: string): number {
  const first = parse(a);
  const second = parse(b);
  if (first === null || second === null) return 1;
  const [dark, light] = [luminance(first), luminance(second)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function toLinear({ lightness, chroma, hue }: Oklch): Triple {
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function luminance([r, g, b]: Triple): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** `#rrggbb` as the pixels of a canvas are, the 32 bits `0xffbbggrr`; null for anything else. */
export function pixelOf(hex: string): number | null {
  const value = numberOf(hex);
  return value === null ? null : 0xff000000 | ((value & 255) << 16) | (value & 0xff00) | (value >> 16);
}

function parse(hex: string): Triple | null {
  const value = numberOf(hex);
  if (value === null) return null;
  return [expandGamma(value >> 16), expandGamma((value >> 8) & 255), expandGamma(value & 255)];
}

function numberOf(hex: string): number | null {
  return /^#[0-9a-f]{6}$/i.test(hex) ? Number.parseInt(hex.slice(1), 16) : null;
}

function expandGamma(byte: number): number {
  const channel = byte / 255;
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

function format(rgb: Triple): string {
  let hex = '#';
  for (const channel of rgb) {
    const clipped = Math.min(Math.max(channel, 0), 1);
    const encoded = clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055;
    hex += Math.round(encoded * 255)
      .toString(16)
      .padStart(2, '0');
  }
  return hex;
}
