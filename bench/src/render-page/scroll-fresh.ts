import { shownPixels } from '@inkwire/test/browser/shown-pixels';
import { nextFrame, nextPaint } from './frames.js';

/** How a board kept up with scrolling over what it had never shown. */
export interface Fresh {
  /** Milliseconds from the beginning of a frame to that of the next one. */
  readonly intervals: readonly number[];
  /** Frames in which what came into view was not yet as it is when everything is painted. */
  readonly incomplete: number;
}

/** Pixels at the edge that content comes in by: everything enters through them. */
const EDGE = 48;

/** What the right edge shows, as a number. */
const edgeOf = (board: HTMLElement): number => {
  const { clientWidth, clientHeight } = board;
  const { data } = shownPixels(board, { x: clientWidth - EDGE, y: 0, width: EDGE, height: clientHeight });
  let hash = 0;
  for (const pixel of new Uint32Array(data.buffer)) hash = (Math.imul(hash, 31) + pixel) | 0;
  return hash;
};

/**
 * Lets `step` scroll in each of `count` frames of the screen's rate, noting what the edge showed then. Afterwards it is
 * scrolled the same way back, and what the edge shows once everything is painted is compared with that.
 */
export const scrollFresh = async (
  board: HTMLElement,
  count: number,
  step: (direction: 1 | -1) => void,
  settle: () => Promise<void>,
): Promise<Fresh> => {
  const intervals: number[] = [];
  const edges: number[] = [];
  await nextPaint();
  for (let index = 0, last = 0; index < count; index += 1) {
    step(1);
    // The page asked for this frame first, so it has drawn when this goes on.
    const began = await nextFrame();
    if (index > 0) intervals.push(began - last);
    last = began;
    edges.push(edgeOf(board));
  }
  let incomplete = 0;
  for (const edge of edges.reverse()) {
    await settle();
    if (edgeOf(board) !== edge) incomplete += 1;
    step(-1);
  }
  return { intervals, incomplete };
};
