import type { Value } from './value.js';

/** A stretch of text with one formatting. */
export interface TextRun {
  readonly insert: string;
  readonly attributes?: TextAttributes;
}

/** Formatting by name, such as `bold: true` or `link: 'https://…'`; in a delta, null takes one away. */
export type TextAttributes = { readonly [name: string]: Value };

/** One step of a text delta in quill-delta's form. Lengths are UTF-16 units. */
export type TextStep =
  | TextRun
  | { readonly retain: number; readonly attributes?: TextAttributes }
  | { readonly delete: number };

/** What happens to a text, from its start on; what is left out at the end stays. */
export type TextDelta = readonly TextStep[];

/** The text of runs without their formatting. */
export const plainText = (runs: readonly TextRun[]): string => runs.map((run) => run.insert).join('');
