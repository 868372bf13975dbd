import type { ElementId } from '../element/id.js';
import type { TextRun } from '../element/text.js';
import type { Version, WriteKey } from './change.js';

/** All that a board holds, as plain values: what changes apply to. */
export interface Contents {
  readonly births: ReadonlyMap<ElementId, Uint8Array>;
  /** The version that each register shows, or the versions of all writers where their rule counts them all. */
  readonly versions: ReadonlyMap<WriteKey, Version>;
  /** Texts that are not empty. */
  readonly texts: ReadonlyMap<ElementId, readonly TextRun[]>;
}

export const EMPTY_CONTENTS: Contents = { births: new Map(), versions: new Map(), texts: new Map() };
