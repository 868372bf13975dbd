/**
 * Markup whose styles no parser looks at, so that a strict Content-Security-Policy has nothing to report: style sheets
 * are taken out, and style attributes wait under another name. Safety does not rest on this, but on DOMPurify.
 */
export interface QuietMarkup {
  readonly markup: string;
  /** The texts of the style sheets. */
  readonly sheets: readonly string[];
}

/** The name under which a style attribute waits. */
export const STYLE_ATTRIBUTE = 'data-inkwire-style';

const SHEET = /<style\b[^<>]*>([\s\S]*?)(?:<\/style\s*>|$)/gi;
const TAG = /<[a-z][^<>]*>/gi;

export function quieten(markup: string): QuietMarkup {
  const sheets: string[] = [];
  const without = markup.replace(SHEET, (_sheet, text: string) => {
    sheets.push(text);
    return '';
  });
  return {
    markup: without.replace(TAG, (tag) => tag.replace(/(\s)style(\s*=)/gi, `$1${STYLE_ATTRIBUTE}$2`)),
    sheets,
  };
}

/** What a style attribute says, by property. */
export function readStyle(declarations: string): ReadonlyMap<string, string> {
  return new Map(
    declarations.split(';').flatMap((declaration): [string, string][] => {
      const [, name, value] = /^\s*([a-z-]+)\s*:\s*(.*?)\s*$/i.exec(declaration) ?? [];
      return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value.toLowerCase()]];
    }),
  );
}
