import type { Path, Point } from '@inkwire/core';
import { type PathSink, tracePolygon } from '../paint/ink-outline.js';
import type { Fill, Placement, Surface } from '../paint/surface.js';
import type { Theme } from '../paint/theme.js';

/** Gathers what is painted as SVG elements, in page coordinates. */
export interface SvgSurface extends Surface {
  /** The elements so far. */
  readonly markup: string;
}

export function createSvgSurface(theme: Theme): SvgSurface {
  const marker = theme.dark ? 'screen' : 'multiply';
  const parts: string[] = [];
  let placement: Placement = { position: [0, 0], size: [0, 0], rotation: 0 };

  function transform([startX, startY]: Point): string {
    const [x, y] = placement.position;
    const place = `translate(${short(x)} ${short(y)})`;
    const start = startX === 0 && startY === 0 ? '' : ` translate(${short(startX)} ${short(startY)})`;
    if (placement.rotation === 0) return `transform="${place}${start}"`;
    const degrees = (placement.rotation * 180) / Math.PI;
    const middle = placement.size.map((length) => short(Math.abs(length) / 2)).join(' ');
    return `transform="${place} rotate(${short(degrees)} ${middle})${start}"`;
  }

  function look({ opacity, blend }: Fill): string {
    const faint = opacity < 1 ? ` opacity="${short(opacity)}"` : '';
    return blend === 'marker' ? `${faint} style="mix-blend-mode:${marker}"` : faint;
  }

  return {
    scale: Number.POSITIVE_INFINITY,
    get markup() {
      return parts.join('\n');
    },
    place(next) {
      placement = next;
    },
    fillOutline(outline, start, fill) {
      const data = createPathData();
      for (const polygon of outline) tracePolygon(polygon, data);
      parts.push(`<path ${transform(start)} d="${data.text}" fill="${fill.color}"${look(fill)}/>`);
    },
    fillPath(path, fill) {
      parts.push(`<path ${transform([0, 0])} d="${pathData(path)}" fill="${fill.color}"${look(fill)}/>`);
    },
    strokePath(path, { width, dashes }, fill) {
      const dash = dashes.length === 0 ? '' : ` stroke-dasharray="${dashes.map(short).join(' ')}"`;
      parts.push(
        `<path ${transform([0, 0])} d="${pathData(path)}" ${line(width, fill)}${dash}${look(fill)}/>`,
      );
    },
    strokeLines(lines, start, width, fill) {
      const data = lines.map((points) => `M${Array.from(points, short).join(' ')}`).join('');
      parts.push(`<path ${transform(start)} d="${data}" ${line(width, fill)}${look(fill)}/>`);
    },
    fillText({ text, x, y, direction, font }, fill) {
      // From left to right the start of a text is its left end; from right to left it is its right end.
      const anchor = direction === 'rtl' ? ' direction="rtl" text-anchor="end"' : '';
      const weight = font.bold ? ' font-weight="bold"' : '';
      const slant = font.italic ? ' font-style="italic"' : '';
      parts.push(
        `<text ${transform([0, 0])} x="${short(x)}" y="${short(y)}"${anchor} font-family="${escapeText(font.family)}" font-size="${short(font.size)}"${weight}${slant} fill="${fill.color}" xml:space="preserve" text-rendering="geometricPrecision"${look(fill)}>${escapeText(text)}</text>`,
      );
    },
  };
}

function line(width: number, { color }: Fill): string {
  return `fill="none" stroke="${color}" stroke-width="${short(width)}" stroke-linecap="round" stroke-linejoin="round"`;
}

/** Enough digits for a thousandth of a page unit, and no more. */
function short(value: number): string {
  return String(Math.round(value * 1000) / 1000 + 0);
}

function createPathData(): PathSink & { readonly text: string } {
  let text = '';
  return {
    get text() {
      return text;
    },
    moveTo(x, y) {
      text += `M${short(x)} ${short(y)}`;
    },
    quadraticCurveTo(controlX, controlY, x, y) {
      text += `Q${short(controlX)} ${short(controlY)} ${short(x)} ${short(y)}`;
    },
    closePath() {
      text += 'Z';
    },
  };
}

function pathData(path: Path): string {
  const letters = { move: 'M', line: 'L', curve: 'C' } as const;
  return path
    .map(([kind, ...points]) => letters[kind] + points.map(([x, y]) => `${short(x)} ${short(y)}`).join(' '))
    .join('');
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** XML allows no other control characters than these, not even escaped. */
function escapeText(text: string): string {
  return text
    .replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign)
    .replace(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
}
