import type { Point } from '@inkwire/core';
import { tracePolygon } from '../paint/ink-outline.js';
import { markerLayers } from '../paint/marker.js';
import type { Fill, Placement, Surface } from '../paint/surface.js';
import type { Theme } from '../paint/theme.js';
import { createPathData, pathData, short } from './path-data.js';
import { escapeXml } from './xml.js';

/** Gathers what is painted as SVG elements, in page coordinates. */
export interface SvgSurface extends Surface {
  /** The elements so far. */
  readonly markup: string;
}

/** The sides of a picture in its own coordinates: parts of it are named by whole numbers. */
const PICTURE_SIDE = 4096;

export function createSvgSurface(theme: Theme): SvgSurface {
  const parts: string[] = [];
  /** What elements refer to, by its id: a picture that is shown often is in the document once. */
  const definitions = new Map<string, string>();
  /** The ids of pictures by their address. */
  const pictures = new Map<string, string>();
  let placement: Placement = { position: [0, 0], size: [0, 0], rotation: 0 };
  let clips: readonly string[] = [];

  /** The id of a picture. An address may hold all of the picture, so it is read once. */
  function define(href: string): string {
    const known = pictures.get(href);
    if (known !== undefined) return known;
    // Of the picture, not of the document: several documents may come to lie in one page.
    const id = `image-${hash(href)}`;
    const side = `width="${PICTURE_SIDE}" height="${PICTURE_SIDE}"`;
    definitions.set(id, `<image id="${id}" ${side} preserveAspectRatio="none" href="${escapeXml(href)}"/>`);
    pictures.set(href, id);
    return id;
  }

  /** Adds an element for every layer of the fill. */
  function add({ color, opacity, blend }: Fill, element: (color: string, look: string) => string): void {
    if (blend === 'normal') {
      addClipped(faintness(opacity), (look) => element(escapeXml(color), look));
      return;
    }
    for (const layer of markerLayers(color, theme)) {
      const laid = `${faintness(opacity)} style="mix-blend-mode:${layer.blend}"`;
      addClipped(laid, (look) => element(escapeXml(layer.color), look));
    }
  }

  /** Clips stand around an element, whose own transform would move them; what is clipped blends as a group. */
  function addClipped(look: string, element: (look: string) => string): void {
    if (clips.length === 0) {
      parts.push(element(look));
      return;
    }
    const [outer, ...inner] = clips.map((id) => `clip-path="url(#${id})"`);
    const open = inner.map((clip) => `<g ${clip}>`).join('');
    parts.push(`<g ${outer}${look}>${open}${element('')}${'</g>'.repeat(clips.length)}`);
  }

  return {
    scale: Number.POSITIVE_INFINITY,
    get markup() {
      const defined = definitions.size === 0 ? [] : [`<defs>${[...definitions.values()].join('\n')}</defs>`];
      return [...defined, ...parts].join('\n');
    },
    shows: () => true,
    place(next) {
      placement = next;
    },
    fillOutline(outline, start, fill) {
      const data = createPathData();
      for (const polygon of outline) tracePolygon(polygon, data);
      const place = transform(placement, start);
      add(fill, (color, look) => `<path ${place} d="${data.text}" fill="${color}"${look}/>`);
    },
    fillPath(path, fill) {
      const place = transform(placement);
      const data = pathData(path);
      add(fill, (color, look) => `<path ${place} d="${data}" fill="${color}"${look}/>`);
    },
    strokePath(path, { width, dashes }, fill) {
      const dash = dashes.length === 0 ? '' : ` stroke-dasharray="${dashes.map(short).join(' ')}"`;
      const start = `<path ${transform(placement)} d="${pathData(path)}"`;
      add(fill, (color, look) => `${start} ${line(width, color)}${dash}${look}/>`);
    },
    strokeLines(lines, start, width, fill) {
      const data = lines.map((points) => `M${Array.from(points, short).join(' ')}`).join('');
      const place = transform(placement, start);
      add(fill, (color, look) => `<path ${place} d="${data}" ${line(width, color)}${look}/>`);
    },
    fillText({ text, x, y, direction, font }, fill) {
      // From left to right the start of a text is its left end; from right to left it is its right end.
      const anchor = direction === 'rtl' ? ' direction="rtl" text-anchor="end"' : '';
      const style = `${font.bold ? ' font-weight="bold"' : ''}${font.italic ? ' font-style="italic"' : ''}`;
      const type = `font-family="${escapeXml(font.family)}" font-size="${short(font.size)}"${style}`;
      const place = `${transform(placement)} x="${short(x)}" y="${short(y)}"${anchor}`;
      add(
        fill,
        (color, look) =>
          `<text ${place} ${type} fill="${color}" xml:space="preserve" text-rendering="geometricPrecision"${look}>${escapeXml(text)}</text>`,
      );
    },
    drawImage({ href }, [left, top, right, bottom], [width, height], opacity) {
      if (href === null) return;
      const part = [left, top, right - left, bottom - top]
        .map((each) => short(each * PICTURE_SIDE))
        .join(' ');
      const mirror = `${Math.sign(width) || 1} ${Math.sign(height) || 1}`;
      const turned = mirror === '1 1' ? '' : ` transform="scale(${mirror})"`;
      const box = `width="${short(Math.abs(width))}" height="${short(Math.abs(height))}"`;
      const shown = `<svg ${box} viewBox="${part}" preserveAspectRatio="none"><use href="#${define(href)}"/></svg>`;
      const place = transform(placement, [Math.max(-width, 0), Math.max(-height, 0)]);
      addClipped(faintness(opacity), (look) => `<g ${place}${look}><g${turned}>${shown}</g></g>`);
    },
    clip(boxes) {
      clips = boxes.map((box) => {
        const id = `clip-${box.id}`;
        const [width, height] = box.size.map((length) => short(Math.abs(length)));
        const rect = `<rect ${transform(box)} width="${width}" height="${height}"/>`;
        definitions.set(id, `<clipPath id="${id}">${rect}</clipPath>`);
        return id;
      });
    },
  };
}

function transform({ position, size, rotation }: Placement, [startX, startY]: Point = [0, 0]): string {
  const place = `translate(${short(position[0])} ${short(position[1])})`;
  const start = startX === 0 && startY === 0 ? '' : ` translate(${short(startX)} ${short(startY)})`;
  if (rotation === 0) return `transform="${place}${start}"`;
  const degrees = (rotation * 180) / Math.PI;
  const middle = size.map((length) => short(Math.abs(length) / 2)).join(' ');
  return `transform="${place} rotate(${short(degrees)} ${middle})${start}"`;
}

function faintness(opacity: number): string {
  return opacity < 1 ? ` opacity="${short(opacity)}"` : '';
}

function line(width: number, color: string): string {
  return `fill="none" stroke="${color}" stroke-width="${short(width)}" stroke-linecap="round" stroke-linejoin="round"`;
}

/** A short name for a long text: FNV-1a of 32 bits, twice from different ends. */
function hash(text: string): string {
  let forward = 0x811c9dc5;
  let backward = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    forward = Math.imul(forward ^ text.charCodeAt(i), 0x01000193);
    backward = Math.imul(backward ^ text.charCodeAt(text.length - 1 - i), 0x01000193);
  }
  return (forward >>> 0).toString(36) + (backward >>> 0).toString(36);
}
