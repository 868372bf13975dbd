import type { TextAttributes, TextRun, Value } from '@inkwire/core';
import createPurifier from 'dompurify';
import { ExchangeError } from './exchange-error.js';
import { quieten, readStyle, STYLE_ATTRIBUTE } from './quiet-markup.js';
import { createTextCollector, type TextCollector } from './text-collector.js';

/** Longer HTML than this, in characters, is not read. */
const LONGEST_HTML = 8 * 1024 * 1024;

const MARKS: ReadonlyMap<string, TextAttributes> = new Map<string, TextAttributes>([
  ['B', { bold: true }],
  ['STRONG', { bold: true }],
  ['H1', { bold: true }],
  ['H2', { bold: true }],
  ['H3', { bold: true }],
  ['H4', { bold: true }],
  ['H5', { bold: true }],
  ['H6', { bold: true }],
  ['TH', { bold: true }],
  ['I', { italic: true }],
  ['EM', { italic: true }],
  ['CITE', { italic: true }],
  ['U', { underline: true }],
  ['INS', { underline: true }],
  ['S', { strike: true }],
  ['DEL', { strike: true }],
  ['STRIKE', { strike: true }],
  ['CODE', { code: true }],
  ['KBD', { code: true }],
  ['SAMP', { code: true }],
  ['PRE', { code: true }],
]);
/** What begins and ends a line. */
const BLOCKS = new Set(
  'ADDRESS ARTICLE ASIDE BLOCKQUOTE DD DIV DL DT FIGCAPTION FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER LI MAIN NAV OL P PRE SECTION TABLE TR UL'.split(
    ' ',
  ),
);
/** Words of these never were text. */
const ALLOWED_TAGS = [
  ...MARKS.keys(),
  ...BLOCKS,
  'A',
  'BR',
  'HR',
  'SPAN',
  'TD',
  'TBODY',
  'THEAD',
  'FONT',
  'MARK',
  'SMALL',
  'SUB',
  'SUP',
  'BODY',
].map((tag) => tag.toLowerCase());
/** Only what opens a page or a letter stays a link. */
const SAFE_LINK = /^(?:https?:|mailto:)/i;

/**
 * The text of HTML with what it says about its looks, cleaned by DOMPurify before a single node is read.
 *
 * @throws {ExchangeError} with code `too-large`.
 */
export function richTextOf(html: string, window: Window & typeof globalThis): readonly TextRun[] {
  if (html.length > LONGEST_HTML)
    throw new ExchangeError(
      'too-large',
      `This HTML has ${html.length} characters: ${LONGEST_HTML} are the most.`,
    );
  const fragment = createPurifier(window).sanitize(quieten(html).markup, {
    ALLOWED_TAGS,
    ALLOWED_ATTR: ['href', STYLE_ATTRIBUTE],
    // A declaration looks like an address: `font-weight:700`.
    ADD_URI_SAFE_ATTR: [STYLE_ATTRIBUTE],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    FORBID_CONTENTS: [
      'script',
      'style',
      'template',
      'title',
      'svg',
      'math',
      'noscript',
      'iframe',
      'object',
      'textarea',
      'select',
      'button',
    ],
    RETURN_DOM_FRAGMENT: true,
  });
  const runs = createTextCollector();
  walk(fragment, runs);
  return runs.finish();
}

/** Without recursion: pasted HTML may be nested as deeply as somebody likes. */
function walk(root: Node, runs: TextCollector): void {
  const looks: { node: Node; attributes: TextAttributes; preserve: boolean }[] = [];
  let node: Node | null = root.firstChild;
  while (node !== null) {
    const { attributes, preserve } = looks.at(-1) ?? { attributes: {}, preserve: false };
    if (node.nodeType === node.TEXT_NODE) runs.add(node.nodeValue ?? '', attributes, preserve);
    else if (isElement(node)) {
      enter(node, runs);
      looks.push({
        node,
        attributes: { ...attributes, ...attributesOf(node) },
        preserve: preserve || node.tagName === 'PRE' || /^pre/.test(styleOf(node).get('white-space') ?? ''),
      });
      if (node.firstChild !== null) {
        node = node.firstChild;
        continue;
      }
    }
    while (node !== null) {
      if (looks.at(-1)?.node === node) {
        looks.pop();
        if (isElement(node) && BLOCKS.has(node.tagName)) runs.block();
      }
      if (node.nextSibling !== null) {
        node = node.nextSibling;
        break;
      }
      node = node.parentNode === root ? null : node.parentNode;
    }
  }
}

function isElement(node: Node): node is HTMLElement {
  return node.nodeType === node.ELEMENT_NODE;
}

function enter(element: HTMLElement, runs: TextCollector): void {
  if (BLOCKS.has(element.tagName)) runs.block();
  switch (element.tagName) {
    case 'BR':
      runs.lineFeed();
      break;
    case 'LI':
      runs.add(`${bulletOf(element)} `, {}, true);
      break;
    case 'TD':
    case 'TH':
      if (element.previousElementSibling !== null) runs.add('\t', {}, true);
      break;
  }
}

function bulletOf(item: HTMLElement): string {
  if (item.parentElement?.tagName !== 'OL') return '•';
  let number = 1;
  for (let at = item.previousElementSibling; at !== null; at = at.previousElementSibling) number += 1;
  return `${number}.`;
}

function attributesOf(element: HTMLElement): TextAttributes {
  const attributes: Record<string, Value> = { ...MARKS.get(element.tagName) };
  const style = styleOf(element);
  const weight = style.get('font-weight');
  // Google Docs wraps everything in a bold element that says it is not bold.
  if (weight !== undefined) setMark(attributes, 'bold', /^bold/.test(weight) || Number(weight) >= 600);
  const slant = style.get('font-style');
  if (slant !== undefined) setMark(attributes, 'italic', /italic|oblique/.test(slant));
  const decoration = style.get('text-decoration-line') ?? style.get('text-decoration') ?? '';
  if (/underline/.test(decoration) && element.tagName !== 'A') attributes.underline = true;
  if (/line-through/.test(decoration)) attributes.strike = true;
  const address = element.getAttribute('href');
  if (element.tagName === 'A' && address !== null && SAFE_LINK.test(address)) attributes.link = address;
  return attributes;
}

function styleOf(element: HTMLElement): ReadonlyMap<string, string> {
  return readStyle(element.getAttribute(STYLE_ATTRIBUTE) ?? '');
}

function setMark(attributes: Record<string, Value>, name: string, on: boolean): void {
  if (on) attributes[name] = true;
  else delete attributes[name];
}
