import { panBy, zoomTo } from '../scene/camera.js';
import type { Editor } from './editor.js';
import { viewportMapping } from './pointer-sample.js';

/** CSS pixels of a wheel step that browsers give in lines. */
const LINE = 20;
/** A notch of a mouse wheel zooms no further than a quick pinch on a trackpad does. */
const LARGEST_ZOOM_STEP = 30;
const ZOOM_SPEED = 0.01;

/** Wheel and trackpad: scrolling moves the page, with Ctrl or Command (and by pinching) it zooms around the pointer. */
export function attachWheelInput(element: HTMLElement, editor: Editor, signal: AbortSignal): void {
  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const unit = unitOf(event, element);
      const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
      if (event.ctrlKey || event.metaKey) {
        const step = Math.min(Math.max(dy, -LARGEST_ZOOM_STEP), LARGEST_ZOOM_STEP);
        const zoom = editor.camera.zoom * Math.exp(-step * ZOOM_SPEED);
        editor.setCamera(zoomTo(editor.camera, zoom, viewportMapping(element)(event)));
      } else if (event.shiftKey && dx === 0) {
        editor.setCamera(panBy(editor.camera, dy, 0));
      } else {
        editor.setCamera(panBy(editor.camera, dx, dy));
      }
    },
    // Otherwise the page around the board would scroll or zoom.
    { passive: false, signal },
  );
}

function unitOf(event: WheelEvent, element: HTMLElement): number {
  if (event.deltaMode === event.DOM_DELTA_LINE) return LINE;
  return event.deltaMode === event.DOM_DELTA_PAGE ? element.clientHeight : 1;
}
