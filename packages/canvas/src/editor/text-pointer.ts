import type { Point } from '@inkwire/core';
import { capturePointer, followOutside, isHeld, PRIMARY } from './pressed-button.js';
import { paragraphAround, wordAround } from './text-navigation.js';
import type { TextSession } from './text-session.js';

/** What of the text is under the pointer; the writing knows. */
export interface TextPointerTarget {
  /** What is written now; null for nothing. */
  session(): TextSession | null;
  /** The index under a point of the viewport (CSS pixels); null outside of the element that is written. */
  indexAt(point: Point): number | null;
  /** The nearest index, wherever the point is. */
  nearestIndex(point: Point): number;
  /** The selection was changed. */
  moved(): void;
  /** Somebody pressed elsewhere: the writing is done. */
  leave(): void;
}

/**
 * Presses within the text that is written place the caret and select, a second one its word, a third its paragraph; a
 * press elsewhere ends the writing, and does there what it does.
 */
export function attachTextPointer(
  container: HTMLElement,
  target: TextPointerTarget,
  signal: AbortSignal,
): void {
  let dragging: {
    readonly pointer: number;
    readonly from: readonly [number, number];
    readonly unit: Unit;
  } | null = null;

  function pointOf(event: MouseEvent): Point {
    const { left, top } = container.getBoundingClientRect();
    return [event.clientX - left - container.clientLeft, event.clientY - top - container.clientTop];
  }

  function down(event: PointerEvent): void {
    const session = target.session();
    if (session === null || event.button !== PRIMARY) return;
    const index = target.indexAt(pointOf(event));
    if (index === null) {
      target.leave();
      return;
    }
    event.stopPropagation();
    count = event.timeStamp - lastPress < DOUBLE_PRESS ? count + 1 : 1;
    lastPress = event.timeStamp;
    const unit = UNITS[Math.min(count, UNITS.length) - 1] ?? character;
    const from = event.shiftKey
      ? ([session.selection.anchor, session.selection.anchor] as const)
      : unit(session.text, index);
    dragging = { pointer: event.pointerId, from, unit };
    extend(session, index);
    capturePointer(container, event);
  }

  function extend(session: TextSession, index: number): void {
    if (dragging === null) return;
    const { from, unit } = dragging;
    const [start, end] = unit(session.text, index);
    if (index < from[0]) session.select(from[1], start);
    else session.select(from[0], Math.max(end, from[1]));
    target.moved();
  }

  function move(event: PointerEvent): void {
    const session = target.session();
    if (dragging === null || event.pointerId !== dragging.pointer || session === null) return;
    event.stopPropagation();
    if (isHeld(event, PRIMARY)) extend(session, target.nearestIndex(pointOf(event)));
    else dragging = null;
  }

  function end(event: PointerEvent): void {
    if (dragging?.pointer !== event.pointerId) return;
    if (event.type === 'pointerup') event.stopPropagation();
    dragging = null;
  }

  function lost(event: PointerEvent): void {
    if (dragging?.pointer !== event.pointerId) return;
    if (isHeld(event, PRIMARY)) followOutside(container, event, hear, signal);
    else dragging = null;
  }

  function hear(event: PointerEvent): void {
    if (event.type === 'pointermove') move(event);
    else end(event);
  }

  let lastPress = Number.NEGATIVE_INFINITY;
  let count = 0;
  const options = { signal, capture: true };
  container.addEventListener('pointerdown', down, options);
  container.addEventListener('pointermove', move, options);
  container.addEventListener('pointerup', end, options);
  container.addEventListener('pointercancel', end, options);
  container.addEventListener('lostpointercapture', lost, options);
  // The field keeps the keyboard.
  container.addEventListener('mousedown', (event) => dragging !== null && event.preventDefault(), options);
}

/** A second press within this time (ms) selects more. */
const DOUBLE_PRESS = 450;

type Unit = (text: string, index: number) => readonly [start: number, end: number];

const character: Unit = (_text, index) => [index, index];
const UNITS: readonly Unit[] = [character, wordAround, paragraphAround];
