import type { Point } from '@inkwire/core';
import { type Camera, toPage } from '../scene/camera.js';
import { modifierKeys } from './keyboard-input.js';
import type { PointerSample } from './tool.js';

/** What one pointer event tells: where the pointer was since the last one, and where it will probably be next. */
export interface PointerReport {
  readonly samples: readonly PointerSample[];
  readonly predicted: readonly PointerSample[];
}

/** Maps client coordinates to CSS pixels from the board's top left corner. */
export type ToViewport = (event: { readonly clientX: number; readonly clientY: number }) => Point;

/** Asks layout once for all samples of an event; right also where the page shows the board scaled by a transform. */
export function viewportMapping(element: HTMLElement): ToViewport {
  const rect = element.getBoundingClientRect();
  const scaleX = rect.width === 0 ? 1 : element.offsetWidth / rect.width;
  const scaleY = rect.height === 0 ? 1 : element.offsetHeight / rect.height;
  return ({ clientX, clientY }) => [(clientX - rect.left) * scaleX, (clientY - rect.top) * scaleY];
}

/** Reads an event with everything the browser gathered into it. */
export function readPointer(event: PointerEvent, mapping: ToViewport, camera: Camera): PointerReport {
  const gathered = event.getCoalescedEvents?.() ?? [];
  const keys = modifierKeys(event);
  const device = event.pointerType === 'touch' || event.pointerType === 'pen' ? event.pointerType : 'mouse';
  const sample = (each: PointerEvent): PointerSample => ({
    point: toPage(camera, mapping(each)),
    pressure: pressureOf(each),
    tilt: tiltOf(each),
    device,
    keys,
  });
  return {
    samples: (gathered.length > 0 ? gathered : [event]).map(sample),
    predicted: (event.getPredictedEvents?.() ?? []).map(sample),
  };
}

/** A pen that cannot tell is upright, as far as browsers say. */
function tiltOf({ pointerType, tiltX, tiltY }: PointerEvent): Point | undefined {
  return pointerType === 'pen' && (tiltX !== 0 || tiltY !== 0) ? [tiltX, tiltY] : undefined;
}

/** Mice and most fingers report a constant; a pen that is lifted reports 0, which is no way to end a line. */
function pressureOf(event: PointerEvent): number | undefined {
  return event.pointerType === 'pen' && event.pressure > 0 ? event.pressure : undefined;
}
