import type { Pair } from '@inkwire/core';
import createPurifier from 'dompurify';
import { ExchangeError } from './exchange-error.js';
import { plainSvg } from './plain-svg.js';
import { quieten, STYLE_ATTRIBUTE } from './quiet-markup.js';

/** Longer SVG than this, in characters, is not read. */
const LONGEST_SVG = 4 * 1024 * 1024;
const SVG = 'http://www.w3.org/2000/svg';

export interface SvgPicture {
  readonly blob: Blob;
  /** CSS pixels. */
  readonly size: Pair;
}

/**
 * SVG as a picture that holds nothing but drawing: scripts, handlers, foreign HTML and whatever is fetched from
 * elsewhere are gone (S5).
 *
 * @throws {ExchangeError} for what is too large, or no SVG once it is clean.
 */
export function cleanSvg(text: string, window: Window & typeof globalThis): SvgPicture {
  if (text.length > LONGEST_SVG)
    throw new ExchangeError(
      'too-large',
      `This SVG has ${text.length} characters: ${LONGEST_SVG} are the most.`,
    );
  const { markup, sheets } = quieten(plainSvg(text, LONGEST_SVG));
  const purifier = createPurifier(window);
  purifier.addHook('uponSanitizeAttribute', (_node, attribute) => {
    // A picture refers to its own parts, or carries what it shows.
    const refers =
      attribute.attrName === 'href' || attribute.attrName === 'xlink:href' || attribute.attrName === 'src';
    if (refers && !/^(?:#|data:image\/(?:png|jpeg|gif|webp);)/i.test(attribute.attrValue))
      attribute.keepAttr = false;
    else if (/url\(\s*['"]?(?!#)/i.test(attribute.attrValue)) attribute.keepAttr = false;
  });
  const fragment = purifier.sanitize(markup, {
    USE_PROFILES: { svg: true, svgFilters: true },
    ADD_TAGS: ['use'],
    ADD_ATTR: [STYLE_ATTRIBUTE],
    FORBID_TAGS: ['style', 'a'],
    RETURN_DOM_FRAGMENT: true,
  });
  purifier.removeAllHooks();
  const svg = fragment.firstElementChild;
  if (svg === null || svg.namespaceURI !== SVG || svg.localName !== 'svg' || svg.childElementCount === 0)
    throw new ExchangeError('format', 'This SVG is damaged: nothing of it can be shown.');
  const size = sizeOf(svg);
  svg.setAttribute('width', String(size[0]));
  svg.setAttribute('height', String(size[1]));
  const drawn = new window.XMLSerializer()
    .serializeToString(svg)
    .replaceAll(` ${STYLE_ATTRIBUTE}="`, ' style="');
  const styled = drawn.replace(
    /^<svg[^>]*>/,
    (tag) => tag + sheets.filter(isHarmless).map(styleSheet).join(''),
  );
  return { blob: new Blob([styled], { type: 'image/svg+xml' }), size };
}

/** A style sheet that fetches nothing and ends where it says. */
function isHarmless(sheet: string): boolean {
  return !/@import|<|\\|]]>|url\(\s*['"]?(?!#)|expression|javascript/i.test(
    sheet.replace(/^\s*<!\[CDATA\[|]]>\s*$/g, ''),
  );
}

function styleSheet(text: string): string {
  return `<style><![CDATA[${text.replace(/^\s*<!\[CDATA\[|]]>\s*$/g, '')}]]></style>`;
}

/** What browsers take for the size of an SVG that says nothing about it. */
const USUAL: Pair = [300, 150];

/** In CSS pixels. One that only says how it is cut is as large as its cut. */
function sizeOf(svg: Element): Pair {
  const [, , boxWidth, boxHeight] = (svg.getAttribute('viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const [width, height] = [lengthOf(svg, 'width'), lengthOf(svg, 'height')];
  if (width !== null && height !== null) return [width, height];
  if (!(boxWidth !== undefined && boxHeight !== undefined && boxWidth > 0 && boxHeight > 0)) return USUAL;
  if (width !== null) return [width, (width * boxHeight) / boxWidth];
  if (height !== null) return [(height * boxWidth) / boxHeight, height];
  return [boxWidth, boxHeight];
}

/** CSS pixels of the units that have a size by themselves. */
const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
  q: 96 / 101.6,
  pt: 96 / 72,
  pc: 16,
};

function lengthOf(svg: Element, name: string): number | null {
  const [, number, unit = ''] =
    /^\s*([\d.]+(?:e\d+)?)\s*([a-z]*)\s*$/i.exec(svg.getAttribute(name) ?? '') ?? [];
  const length = Number(number) * (UNITS[unit.toLowerCase()] ?? Number.NaN);
  return length > 0 && length <= 100_000 ? length : null;
}
