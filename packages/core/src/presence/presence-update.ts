import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { Box } from '../element/geometry.js';
import type { ElementId } from '../element/id.js';
import { decodeWhole, WireError } from '../wire/wire-error.js';
import { type Drag, readDrag, writeDrag } from './drag.js';
import { readIds, writeIds } from './id-bytes.js';
import { type LivePiece, readLivePiece, writeLivePiece } from './live-ink.js';
import { readTextPlace, type TextPlace, writeTextPlace } from './text-place.js';
import { readTrail, type TrailSample, writeTrail } from './trail.js';

/**
 * What one session shows the others in one frame: the `presence` bytes of a `Frame`.
 *
 * ```
 * presence = version:u8=1  at:varUint  (section:u8  length:varUint  bytes)*
 * section  = 1 trail | 2 gone | 3 live piece (one each) | 4 ended ids | 5 drag | 6 selection | 7 viewport | 8 tool
 *          | 9 writing | 10 dragged copy, in place of a drag
 * ```
 *
 * A section that is not known is skipped, so later versions can add some. What is absent takes no bytes.
 */
export interface PresenceUpdate {
  /** When this was packed: whole ms ≥ 0 of any clock that runs through the session. */
  readonly at: number;
  /** Where the cursor went since the frame before, oldest first; none of it later than `at`. Played back by its times. */
  readonly trail: readonly TrailSample[];
  /** The cursor left the board after the trail. */
  readonly gone: boolean;
  /** New points of strokes being drawn. */
  readonly live: readonly LivePiece[];
  /** Strokes that became elements, or were given up. */
  readonly ended: readonly ElementId[];
  /** What is being dragged, told in every frame while it is; null: nothing is, or it was given up. */
  readonly drag: Drag | null;
  /** Absent: as before. */
  readonly selection?: readonly ElementId[] | undefined;
  /** Absent: as before. */
  readonly viewport?: Box | undefined;
  /** Absent: as before. */
  readonly tool?: string | undefined;
  /** In which text, and where; null: in none. Absent: as before. */
  readonly writing?: TextPlace | null | undefined;
}

const VERSION = 1;
const TRAIL = 1;
const GONE = 2;
const LIVE = 3;
const ENDED = 4;
const DRAG = 5;
const SELECTION = 6;
const VIEWPORT = 7;
const TOOL = 8;
const WRITING = 9;
const DRAGGED_COPY = 10;

const MAX_TOOL_LENGTH = 32;
/** Viewports are told in parts of a unit that matter to nobody. */
const VIEWPORT_STEPS = 4;

/** @throws {RangeError} naming a number that is not finite or out of its range. */
export const encodePresence = (update: PresenceUpdate): Uint8Array => {
  const { trail, gone, live, ended, drag, selection, viewport, tool, writing } = update;
  const at = Math.round(update.at);
  if (!(at >= 0 && at <= Number.MAX_SAFE_INTEGER))
    throw new RangeError(`at must be ms ≥ 0, not ${update.at}.`);
  const encoder = encoding.createEncoder();
  const section = (kind: number, write: (encoder: encoding.Encoder) => void): void => {
    encoding.writeUint8(encoder, kind);
    encoding.writeVarUint8Array(encoder, encoding.encode(write));
  };
  encoding.writeUint8(encoder, VERSION);
  encoding.writeVarUint(encoder, at);
  if (trail.length > 0) section(TRAIL, (into) => writeTrail(into, trail, at));
  if (gone) section(GONE, () => {});
  for (const piece of live) section(LIVE, (into) => writeLivePiece(into, piece));
  if (ended.length > 0) section(ENDED, (into) => writeIds(into, ended));
  if (drag !== null) section(drag.copy === null ? DRAG : DRAGGED_COPY, (into) => writeDrag(into, drag));
  if (selection !== undefined) section(SELECTION, (into) => writeIds(into, selection));
  if (viewport !== undefined) section(VIEWPORT, (into) => writeViewport(into, viewport));
  if (tool !== undefined) section(TOOL, (into) => encoding.writeVarString(into, checkTool(tool)));
  if (writing !== undefined) section(WRITING, (into) => writeTextPlace(into, writing));
  return encoding.toUint8Array(encoder);
};

/** @throws {WireError} on anything but a presence update of a known version. */
export const decodePresence = (bytes: Uint8Array): PresenceUpdate => {
  const decoder = decoding.createDecoder(bytes);
  return decodeWhole('presence', decoder, () => {
    const version = decoding.readUint8(decoder);
    if (version !== VERSION)
      throw new WireError('version', `Presence has version ${VERSION}, not ${version}.`);
    const at = decoding.readVarUint(decoder);
    const live: LivePiece[] = [];
    const update: { -readonly [key in keyof PresenceUpdate]: PresenceUpdate[key] } = {
      at,
      trail: [],
      gone: false,
      live,
      ended: [],
      drag: null,
    };
    while (decoding.hasContent(decoder)) {
      const kind = decoding.readUint8(decoder);
      const section = decoding.createDecoder(decoding.readVarUint8Array(decoder));
      if (kind === TRAIL) update.trail = readTrail(section, at);
      else if (kind === GONE) update.gone = true;
      else if (kind === LIVE) live.push(readLivePiece(section));
      else if (kind === ENDED) update.ended = readIds(section);
      else if (kind === DRAG || kind === DRAGGED_COPY) update.drag = readDrag(section, kind === DRAGGED_COPY);
      else if (kind === SELECTION) update.selection = readIds(section);
      else if (kind === VIEWPORT) update.viewport = readViewport(section);
      else if (kind === TOOL) update.tool = checkTool(decoding.readVarString(section));
      else if (kind === WRITING) update.writing = readTextPlace(section);
      // lib0 reads on past the end of its bytes.
      if (section.pos > section.arr.length) throw new WireError('section', `Section ${kind} is cut off.`);
    }
    return update;
  });
};

const checkTool = (tool: string): string => {
  if (tool.length > MAX_TOOL_LENGTH)
    throw new RangeError(`tool must have ${MAX_TOOL_LENGTH} characters at most, not ${tool.length}.`);
  return tool;
};

const writeViewport = (encoder: encoding.Encoder, { minX, minY, maxX, maxY }: Box): void => {
  for (const edge of [minX, minY, maxX, maxY]) {
    const steps = Math.round(edge * VIEWPORT_STEPS);
    if (!Number.isSafeInteger(steps)) throw new RangeError(`viewport must be finite, not ${edge}.`);
    encoding.writeVarInt(encoder, steps);
  }
};

const readViewport = (decoder: decoding.Decoder): Box => {
  const edge = (): number => decoding.readVarInt(decoder) / VIEWPORT_STEPS;
  return { minX: edge(), minY: edge(), maxX: edge(), maxY: edge() };
};
