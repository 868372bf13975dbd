import { viewportMapping } from '../editor/pointer-sample.js';
import type { Area } from '../scene/camera.js';

/** What stays over the board. Notices, menus and lists come and go. */
export const BARS = '.status, .people, .toolbar, .style-bar, .zoom';

/** A board so low that its bars leave less than this part of it is used with something under them. */
const LEAST = 1 / 3;

/** What the bars along its upper and lower edge leave free of a board, from side to side. */
export function freeArea(surface: HTMLElement, bars: Iterable<Element>): Area {
  const { clientWidth: width, clientHeight: height } = surface;
  const toViewport = viewportMapping(surface);
  let [top, bottom] = [0, height];
  for (const bar of bars) {
    const rect = bar.getBoundingClientRect();
    if (rect.height === 0) continue;
    const [, upper] = toViewport({ clientX: rect.left, clientY: rect.top });
    const [, lower] = toViewport({ clientX: rect.right, clientY: rect.bottom });
    if (upper + lower < height) top = Math.max(top, lower);
    else bottom = Math.min(bottom, upper);
  }
  if (bottom - top < height * LEAST) return { left: 0, top: 0, width, height };
  return { left: 0, top, width, height: bottom - top };
}
