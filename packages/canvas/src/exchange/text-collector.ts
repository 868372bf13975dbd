import type { TextAttributes, TextRun } from '@inkwire/core';

/** The most characters of text that are taken in at once. */
const LONGEST_TEXT = 200_000;

/** Text with its formats as it is gathered from a page. */
export interface TextCollector {
  add(text: string, attributes: TextAttributes, preserve: boolean): void;
  /** A new line, unless one has just begun. */
  block(): void;
  lineFeed(): void;
  finish(): readonly TextRun[];
}

/** Collects text as browsers show it: white space shrinks to single spaces, and none stands at the edge of a line. */
export function createTextCollector(): TextCollector {
  const runs: { insert: string; attributes: TextAttributes }[] = [];
  let length = 0;
  let lineStart = true;
  /** A space that shows if something follows it on its line, with the looks that it has. */
  let pendingSpace: TextAttributes | null = null;
  let pendingFeed = false;

  function push(text: string, attributes: TextAttributes): void {
    const room = LONGEST_TEXT - length;
    if (room <= 0) return;
    const kept = text.slice(0, room);
    length += kept.length;
    const last = runs.at(-1);
    if (last !== undefined && JSON.stringify(last.attributes) === JSON.stringify(attributes))
      last.insert += kept;
    else runs.push({ insert: kept, attributes });
  }

  function feed(): void {
    if (pendingFeed && runs.length > 0) push('\n', {});
    pendingFeed = false;
  }

  return {
    add(text, attributes, preserve) {
      const shown = preserve ? text.replace(/\r\n?/g, '\n') : text.replace(/[\t\n\f\r ]+/g, ' ');
      const trimmed = preserve ? shown : shown.trim();
      if (trimmed === '') {
        if (shown !== '' && !lineStart) pendingSpace ??= attributes;
        return;
      }
      feed();
      const leads = !preserve && shown.startsWith(' ') && !lineStart;
      if (pendingSpace !== null || leads) push(' ', pendingSpace ?? attributes);
      push(trimmed, attributes);
      pendingSpace = !preserve && shown.endsWith(' ') ? attributes : null;
      lineStart = false;
    },
    block() {
      pendingFeed ||= !lineStart;
      lineStart = true;
      pendingSpace = null;
    },
    lineFeed() {
      feed();
      push('\n', {});
      lineStart = true;
      pendingSpace = null;
    },
    finish: () =>
      runs.map(({ insert, attributes }) =>
        Object.keys(attributes).length === 0 ? { insert } : { insert, attributes },
      ),
  };
}
