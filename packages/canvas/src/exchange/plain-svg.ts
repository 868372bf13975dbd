import { svgPrologue } from '../images/image-type.js';
import { ExchangeError } from './exchange-error.js';

/** Declarations and comments before the first element; of a document type, what is declared in it. */
const PROLOGUE_PART = /<\?[^>]*>|<!--[\s\S]*?-->|<!DOCTYPE[^[>]*(?:\[([^\]]*)\][^>]*)?>/gi;
/** One that stands for a text that is written right there: nothing is fetched. */
const ENTITY = /<!ENTITY\s+([\w.-]+)\s+(?:"([^"]*)"|'([^']*)')\s*>/g;
const REFERENCE = /&([\w.-]+);/g;
/** What references are in: those in comments and CDATA are none. An end that is missing is that of the text. */
const PART = /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<[^<>]*|&[\w.-]+;/g;
const TAG = /<[^<>]*/g;
const NAMESPACE = /\sxmlns:([\w.-]+)\s*=\s*["']http:\/\/www\.w3\.org\/(2000\/svg|1999\/xlink)["']/g;
/** Every parser knows them. */
const PREDEFINED: ReadonlySet<string> = new Set(['amp', 'lt', 'gt', 'quot', 'apos']);

/**
 * SVG without what only XML has and parsers of HTML do not know: entities of its own are replaced by what they stand for,
 * and prefixes of SVG's namespace are taken away. An entity is made of those that were declared before it, so none holds
 * itself.
 *
 * @param longest so many characters may come of entities, all in all.
 * @throws {ExchangeError} for a text with more of them.
 */
export function plainSvg(text: string, longest: number): string {
  const prologue = svgPrologue(text) ?? '';
  const entities = new Map<string, string>();
  let left = longest;

  function meaningOf(reference: string): string {
    const value = entities.get(reference.slice(1, -1));
    if (value === undefined) return reference;
    left -= value.length;
    if (left >= 0) return value;
    throw new ExchangeError(
      'too-large',
      `The entities of this SVG stand for more than ${longest} characters.`,
    );
  }

  const expand = (markup: string): string =>
    markup.replace(PART, (part) => {
      if (part.startsWith('&')) return meaningOf(part);
      if (part.startsWith('<!')) return part;
      return part.replace(REFERENCE, (reference) => quoted(meaningOf(reference)));
    });

  for (const [, subset = ''] of prologue.matchAll(PROLOGUE_PART)) {
    for (const [, name = '', double, single] of subset.matchAll(ENTITY))
      if (!PREDEFINED.has(name) && !entities.has(name)) entities.set(name, expand(double ?? single ?? ''));
  }
  const root = text.slice(prologue.length);
  return withoutPrefixes(entities.size === 0 ? root : expand(root));
}

/** As it stands in the value of an attribute. */
function quoted(text: string): string {
  return text.replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}

function withoutPrefixes(markup: string): string {
  const svg = new Set<string>();
  const xlink = new Set<string>();
  for (const [, prefix = '', namespace] of markup.matchAll(NAMESPACE))
    (namespace === '2000/svg' ? svg : xlink).add(prefix);
  if (svg.size === 0 && xlink.size === 0) return markup;
  return markup.replace(TAG, (tag) =>
    tag
      .replace(/^<(\/?)([\w.-]+):/, (own, slash: string, prefix: string) =>
        svg.has(prefix) ? `<${slash}` : own,
      )
      .replace(/(\s)([\w.-]+):href(?=\s*=)/g, (own, space: string, prefix: string) =>
        xlink.has(prefix) ? `${space}xlink:href` : own,
      ),
  );
}
