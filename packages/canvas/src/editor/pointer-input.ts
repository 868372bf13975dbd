import type { Point } from '@inkwire/core';
import { panBy, toPage } from '../scene/camera.js';
import type { Editor } from './editor.js';
import type { Fling } from './fling.js';
import { createLongPress } from './long-press.js';
import { requestMenu } from './menu.js';
import type { Timers } from './notices.js';
import { createPalmRejection } from './palm.js';
import { followPinch, type Pinch, pinchOf } from './pinch.js';
import { preventPointerDefaults } from './pointer-defaults.js';
import { type PointerReport, readPointer, viewportMapping } from './pointer-sample.js';
import {
  capturePointer,
  followOutside,
  isHeld,
  MIDDLE,
  PEN_ERASER,
  PRIMARY,
  SECONDARY,
} from './pressed-button.js';
import { createTaps } from './taps.js';
import type { PointerSample } from './tool.js';

/** A pointer with the button that it was pressed with. */
interface Press {
  readonly pointer: number;
  readonly button: number;
}

interface Drawing extends Press {
  readonly kind: 'drawing';
  readonly type: string;
  readonly began: number;
  readonly at: Point;
  /** How far from there it has been, CSS pixels. */
  readonly travel: number;
}

interface Panning extends Press {
  readonly kind: 'panning';
  readonly last: Point;
  /** Where the secondary button went down: as long as the pointer stays there, it asks for the menu. */
  readonly menu: Point | null;
}

type Mode =
  | { readonly kind: 'idle' }
  | Drawing
  | Panning
  | { readonly kind: 'pinching'; readonly pinch: Pinch };

/** A touch stroke that is younger (ms) and shorter (CSS pixels) when a second finger lands was the start of a pinch. */
const PINCH_AGE = 250;
const PINCH_TRAVEL = 24;
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
      capturePointer(element, event);
      longPress.cancel();
      if (touches.size === 2) {
        startPinch(event.timeStamp);
        return;
      }
    }
    if (mode.kind !== 'idle') return;
    const { pointerId: pointer, pointerType: type, timeStamp: began, button } = event;
    if (isPan(event)) {
      const menu = button === SECONDARY ? point : null;
      enter({ kind: 'panning', pointer, button, last: point, menu });
    } else if (button === PRIMARY || button === PEN_ERASER) {
      const sample = sampleOf(event);
      if (sample === undefined) return;
      const tool = button === PEN_ERASER ? 'eraser' : undefined;
      if (!editor.begin(sample, tool)) return;
      enter({ kind: 'drawing', pointer, button, type, began, at: point, travel: 0 });
      if (type === 'touch') longPress.start(point);
    } else {
      return;
    }
    capturePointer(element, event);
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
    enter({ kind: 'pinching', pinch: pinchOf(touches.values()) });
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

  /** What this pointer does since it was pressed. */
  function pressOf({ pointerId }: PointerEvent): Drawing | Panning | null {
    return 'pointer' in mode && mode.pointer === pointerId ? mode : null;
  }

  function pan(panning: Panning, to: Point, { pointerType, timeStamp }: PointerEvent): void {
    const { menu, last } = panning;
    if (menu !== null && distance(menu, to) <= MENU_SLIP) return;
    editor.setCamera(panBy(editor.camera, last[0] - to[0], last[1] - to[1]));
    if (pointerType === 'touch') fling.note(to, timeStamp);
    mode = { ...panning, last: to, menu: null };
  }

  function draw(drawing: Drawing, to: Point, report: PointerReport): void {
    mode = { ...drawing, travel: Math.max(drawing.travel, distance(drawing.at, to)) };
    editor.move(report);
  }

  function move(event: PointerEvent): void {
    if (event.pointerType === 'pen') palm.notePen(event.timeStamp);
    if (event.pointerType === 'touch' && !touches.has(event.pointerId)) return;
    const mapping = viewportMapping(element);
    const point = mapping(event);
    if (touches.has(event.pointerId)) touches.set(event.pointerId, point);
    longPress.move(point);
    const press = pressOf(event);
    if (mode.kind === 'pinching' && touches.size >= 2) {
      const pinch = pinchOf(touches.values());
      editor.setCamera(followPinch(editor.camera, mode.pinch, pinch));
      mode = { kind: 'pinching', pinch };
    } else if (press !== null) {
      // With another button still down, letting this one go is only a move.
      if (!isHeld(event, press.button)) end(event);
      else if (press.kind === 'panning') pan(press, point, event);
      else draw(press, point, readPointer(event, mapping, editor.camera));
    }
    if (mode.kind === 'idle') editor.hover(sampleOf(event) ?? null);
    showCursor();
    if (event.isPrimary) editor.point(toPage(editor.camera, point));
  }

  function end(event: PointerEvent): void {
    const press = pressOf(event);
    longPress.cancel();
    touches.delete(event.pointerId);
    if (event.pointerType === 'touch' && event.isPrimary) editor.point(null);
    if (mode.kind === 'pinching') {
      const [rest] = touches;
      if (touches.size >= 2) enter({ kind: 'pinching', pinch: pinchOf(touches.values()) });
      else if (rest === undefined) enter({ kind: 'idle' });
      else enter({ kind: 'panning', pointer: rest[0], button: PRIMARY, last: rest[1], menu: null });
    } else if (press !== null) {
      if (press.kind === 'panning' && event.type === 'pointerup') fling.release(event.timeStamp);
      enter({ kind: 'idle' });
      if (press.kind === 'drawing') finish(press, event);
      else if (press.menu !== null && event.type === 'pointerup') requestMenu(element, editor, press.menu);
    }
  }

  function finish(drawn: Drawing, event: PointerEvent): void {
    editor.finish();
    const plain = !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey;
    const at = viewportMapping(element)(event);
    if (!plain || !taps.note(event, at, Math.max(drawn.travel, distance(drawn.at, at)))) return;
    const sample = sampleOf(event);
    if (sample !== undefined) editor.doubleClick(sample);
  }

  function lost(event: PointerEvent): void {
    const press = pressOf(event);
    if (press !== null && isHeld(event, press.button)) followOutside(element, event, hear, signal);
    else end(event);
  }

  function hear(event: PointerEvent): void {
    if (event.type === 'pointermove') move(event);
    else if (event.type === 'pointerup') up(event);
    else end(event);
  }

  function up(event: PointerEvent): void {
    if (pressOf(event)?.kind === 'drawing') {
      const { samples } = readPointer(event, viewportMapping(element), editor.camera);
      editor.move({ samples, predicted: [] });
    }
    end(event);
  }

  element.addEventListener('pointerdown', down, { signal });
  element.addEventListener('pointermove', move, { signal });
  element.addEventListener('pointerup', up, { signal });
  element.addEventListener('pointercancel', end, { signal });
  element.addEventListener('lostpointercapture', lost, { signal });
  element.addEventListener(
    'pointerleave',
    () => {
      if (mode.kind !== 'idle') return;
      editor.point(null);
      editor.hover(null);
    },
    { signal },
  );
  preventPointerDefaults(element, {
    busy: () => mode.kind !== 'idle' || touches.size > 0,
    onMenuKey: () => requestMenu(element, editor, null),
    signal,
  });
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

function distance(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}
