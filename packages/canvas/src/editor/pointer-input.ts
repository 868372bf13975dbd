import type { Point } from '@inkwire/core';
import { moveAnchor, panBy, toPage } from '../scene/camera.js';
import type { Editor } from './editor.js';
import type { Fling } from './fling.js';
import { createLongPress } from './long-press.js';
import { requestMenu } from './menu.js';
import type { Timers } from './notices.js';
import { createPalmRejection } from './palm.js';
import { readPointer, viewportMapping } from './pointer-sample.js';
import { createTaps } from './taps.js';
import type { PointerSample } from './tool.js';

interface Drawing {
  readonly kind: 'drawing';
  readonly pointer: number;
  readonly type: string;
  readonly began: number;
  readonly at: Point;
  /** How far from there it has been, CSS pixels. */
  readonly travel: number;
}

type Mode =
  | { readonly kind: 'idle' }
  | Drawing
  | {
      readonly kind: 'panning';
      readonly pointer: number;
      readonly last: Point;
      /** Where the secondary button went down: as long as the pointer stays there, it asks for the menu. */
      readonly menu: Point | null;
    }
  | { readonly kind: 'pinching'; readonly middle: Point; readonly distance: number };

/** A touch stroke that is younger (ms) and shorter (CSS pixels) when a second finger lands was the start of a pinch. */
const PINCH_AGE = 250;
const PINCH_TRAVEL = 24;
/** `PointerEvent.button` and its bit in `buttons`. */
const PRIMARY = 0;
const MIDDLE = 1;
/** The right button of a mouse, the barrel button of a pen. */
const SECONDARY = 2;
const PEN_ERASER = 5;
const PRIMARY_BIT = 1;
const PEN_ERASER_BIT = 32;

/** A press of the secondary button that moves further (CSS pixels) moves the page. */
const MENU_SLIP = 4;

/** What a single finger does: `auto` draws until a pen is used, and moves the page from then on. */
export type FingerUse = 'draw' | 'pan' | 'auto';

export interface PointerInputOptions {
  readonly fingers: FingerUse;
  /** Takes the page on when a finger that moves it is lifted. */
  readonly fling: Fling;
  readonly timers: Timers;
  readonly signal: AbortSignal;
}

export interface PointerInput {
  /** While held, dragging moves the page (the space bar). */
  setPanHeld(held: boolean): void;
  /** Shows the cursor of the tool in hand: it was changed. */
  showCursor(): void;
  /** To be called when `signal` aborts: no finger is waited for any more. */
  destroy(): void;
}

/**
 * Turns pointer events on `element` into gestures of the editor and movements of its camera, until `signal` aborts.
 *
 * A stroke that the browser cancels (a system gesture, a lost capture) is committed as far as it was drawn: nothing
 * that a person drew disappears. It is given up only by Escape, and when a second finger shows that it was a pinch.
 */
export function attachPointerInput(
  element: HTMLElement,
  editor: Editor,
  { fingers, fling, timers, signal }: PointerInputOptions,
): PointerInput {
  const longPress = createLongPress(timers, (at) => {
    // A finger that draws may rest; what it asks for is what it could take.
    if (mode.kind !== 'drawing' || editor.moving || editor.tool.harmless !== true) return;
    editor.abandon();
    enter({ kind: 'idle' });
    requestMenu(element, editor, at);
  });
  const palm = createPalmRejection();
  const taps = createTaps();
  const touches = new Map<number, Point>();
  let mode: Mode = { kind: 'idle' };
  let panHeld = false;

  function showCursor(): void {
    const cursor = mode.kind === 'panning' ? 'grabbing' : pans() ? 'grab' : editor.cursor;
    if (element.style.cursor !== cursor) element.style.cursor = cursor;
  }

  /** Whether the primary button moves the page. */
  function pans(): boolean {
    const { tool } = editor;
    return panHeld || tool.begin === null || (editor.readOnly && tool.harmless !== true);
  }

  function enter(next: Mode): void {
    mode = next;
    showCursor();
  }

  function down(event: PointerEvent): void {
    fling.stop();
    const point = viewportMapping(element)(event);
    if (event.pointerType === 'pen') {
      palm.notePen(event.timeStamp);
      dropTouches();
    }
    if (event.pointerType === 'touch') {
      if (palm.isPalm(event)) return;
      touches.set(event.pointerId, point);
      capture(event);
      longPress.cancel();
      if (touches.size === 2) {
        startPinch(event.timeStamp);
        return;
      }
    }
    if (mode.kind !== 'idle') return;
    if (isPan(event)) {
      const menu = event.button === SECONDARY ? point : null;
      enter({ kind: 'panning', pointer: event.pointerId, last: point, menu });
    } else if (event.button === PRIMARY || event.button === PEN_ERASER) {
      const sample = sampleOf(event);
      if (sample === undefined) return;
      const tool = event.button === PEN_ERASER ? 'eraser' : undefined;
      if (!editor.begin(sample, tool)) return;
      const { pointerId: pointer, pointerType: type, timeStamp: began } = event;
      enter({ kind: 'drawing', pointer, type, began, at: point, travel: 0 });
      if (type === 'touch') longPress.start(point);
    } else {
      return;
    }
    capture(event);
  }

  function sampleOf(event: PointerEvent): PointerSample | undefined {
    return readPointer(event, viewportMapping(element), editor.camera).samples.at(-1);
  }

  function isPan(event: PointerEvent): boolean {
    if (event.button === MIDDLE || event.button === SECONDARY) return true;
    if (event.button !== PRIMARY) return false;
    const finger = event.pointerType === 'touch' && fingerPans();
    return finger || pans();
  }

  /** Fingers select and move what is there, whatever draws. */
  function fingerPans(): boolean {
    if (editor.tool.harmless === true) return false;
    return fingers === 'pan' || (fingers === 'auto' && palm.hasPen);
  }

  function capture(event: PointerEvent): void {
    try {
      element.setPointerCapture(event.pointerId);
    } catch {
      // The pointer was lifted before its event was handled; its end follows.
    }
  }

  /** Ends what the first finger draws, for `age` (ms): a mark that is young and short was not meant. */
  function endFinger({ at }: Drawing, age: number): void {
    const [a] = touches.values();
    const travel = a === undefined ? 0 : distance(a, at);
    if (age < PINCH_AGE && travel < PINCH_TRAVEL) editor.abandon();
    else editor.finish();
  }

  function startPinch(time: number): void {
    if (mode.kind === 'drawing') {
      if (mode.type !== 'touch') return;
      endFinger(mode, time - mode.began);
    }
    enter({ kind: 'pinching', ...spread(touches) });
  }

  /** A hand often lands before the pen that it holds. From then on its touches mean nothing, until they land again. */
  function dropTouches(): void {
    if (touches.size === 0) return;
    longPress.cancel();
    // However long it has rested there.
    if (mode.kind === 'drawing' && mode.type === 'touch') endFinger(mode, 0);
    const theirs = mode.kind === 'pinching' || (mode.kind !== 'idle' && touches.has(mode.pointer));
    touches.clear();
    if (theirs) enter({ kind: 'idle' });
  }

  function move(event: PointerEvent): void {
    if (event.pointerType === 'pen') palm.notePen(event.timeStamp);
    if (event.pointerType === 'touch' && !touches.has(event.pointerId)) return;
    const mapping = viewportMapping(element);
    const point = mapping(event);
    if (touches.has(event.pointerId)) touches.set(event.pointerId, point);
    longPress.move(point);
    if (mode.kind === 'pinching' && touches.size >= 2) {
      const { middle, distance } = spread(touches);
      const factor = mode.distance > 0 ? distance / mode.distance : 1;
      editor.setCamera(moveAnchor(editor.camera, mode.middle, middle, factor));
      mode = { kind: 'pinching', middle, distance };
    } else if (mode.kind === 'panning' && mode.pointer === event.pointerId) {
      if (mode.menu !== null && distance(mode.menu, point) <= MENU_SLIP) return;
      editor.setCamera(panBy(editor.camera, mode.last[0] - point[0], mode.last[1] - point[1]));
      if (event.pointerType === 'touch') fling.note(point, event.timeStamp);
      mode = { ...mode, last: point, menu: null };
    } else if (mode.kind === 'drawing' && mode.pointer === event.pointerId) {
      mode = { ...mode, travel: Math.max(mode.travel, distance(mode.at, point)) };
      // With another button still down, lifting the first one is only a move.
      if ((event.buttons & (PRIMARY_BIT | PEN_ERASER_BIT)) === 0) end(event);
      else editor.move(readPointer(event, mapping, editor.camera));
    }
    if (mode.kind === 'idle') editor.hover(sampleOf(event) ?? null);
    showCursor();
    if (event.isPrimary) editor.point(toPage(editor.camera, point));
  }

  function end(event: PointerEvent): void {
    longPress.cancel();
    touches.delete(event.pointerId);
    if (event.pointerType === 'touch' && event.isPrimary) editor.point(null);
    if (mode.kind === 'pinching') {
      const [rest] = touches;
      if (touches.size >= 2) enter({ kind: 'pinching', ...spread(touches) });
      else if (rest === undefined) enter({ kind: 'idle' });
      else enter({ kind: 'panning', pointer: rest[0], last: rest[1], menu: null });
    } else if (mode.kind !== 'idle' && mode.pointer === event.pointerId) {
      const drawn = mode.kind === 'drawing' ? mode : null;
      const menu = mode.kind === 'panning' ? mode.menu : null;
      if (mode.kind === 'panning' && event.type === 'pointerup') fling.release(event.timeStamp);
      enter({ kind: 'idle' });
      if (menu !== null && event.type === 'pointerup') requestMenu(element, editor, menu);
      if (drawn === null) return;
      editor.finish();
      const plain = !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey;
      const at = viewportMapping(element)(event);
      if (plain && taps.note(event, at, Math.max(drawn.travel, distance(drawn.at, at)))) {
        const sample = sampleOf(event);
        if (sample !== undefined) editor.doubleClick(sample);
      }
    }
  }

  function up(event: PointerEvent): void {
    if (mode.kind === 'drawing' && mode.pointer === event.pointerId) {
      const { samples } = readPointer(event, viewportMapping(element), editor.camera);
      editor.move({ samples, predicted: [] });
    }
    end(event);
  }

  element.addEventListener('pointerdown', down, { signal });
  element.addEventListener('pointermove', move, { signal });
  element.addEventListener('pointerup', up, { signal });
  element.addEventListener('pointercancel', end, { signal });
  element.addEventListener('lostpointercapture', end, { signal });
  element.addEventListener(
    'pointerleave',
    () => {
      if (mode.kind !== 'idle') return;
      editor.point(null);
      editor.hover(null);
    },
    { signal },
  );
  // Otherwise Chromium takes a finger that leaves in full swing for a fling, which the next tap only stops.
  element.addEventListener('touchmove', (event) => mode.kind !== 'idle' && event.preventDefault(), {
    passive: false,
    signal,
  });
  // Pressing the wheel would begin the browser's own scrolling. Other buttons keep their default: they focus the board.
  element.addEventListener('mousedown', (event) => event.button === MIDDLE && event.preventDefault(), {
    signal,
  });
  element.addEventListener(
    'contextmenu',
    (event) => {
      if ((event.target as Element).closest('input, textarea, [contenteditable]') !== null) return;
      event.preventDefault();
      // That of a pointer was asked for when its button went up; this one came from a key.
      if (event.button !== SECONDARY && mode.kind === 'idle' && touches.size === 0 && !isFromTouch(event))
        requestMenu(element, editor, null);
    },
    { signal },
  );
  showCursor();

  return {
    showCursor,
    destroy: longPress.cancel,
    setPanHeld(held) {
      panHeld = held;
      showCursor();
    },
  };
}

function isFromTouch(event: MouseEvent): boolean {
  return 'pointerType' in event && event.pointerType === 'touch';
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

function spread(touches: ReadonlyMap<number, Point>): { middle: Point; distance: number } {
  const [a = [0, 0], b = a] = touches.values();
  return {
    middle: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2],
    distance: Math.hypot(a[0] - b[0], a[1] - b[1]),
  };
}
