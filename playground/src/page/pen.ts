import type { TimedStroke } from '../handwriting/handwriting.js';

export interface PenOptions {
  /** A pen presses; a board on which a pen was used may take fingers for moving only, which a mouse avoids. */
  readonly pointerType: 'pen' | 'mouse';
  /** Where the ink's (0, 0) is, in CSS pixels from the top left corner of the target. */
  readonly origin: readonly [x: number, y: number];
  /** Lifts the pen and stops. */
  readonly signal: AbortSignal;
}

/** Above what browsers hand out to real pointers. */
let nextPointerId = 10_000;

/** A frame that came later than this is a page that was hidden: the pen waited meanwhile. */
const longestFrameMs = 100;

/**
 * Moves a pen over `target` as `strokes` say, in their own time: pointer events with pressure, gathered
 * per frame as browsers do, hovering between the strokes. Resolves when the pen is lifted for the last time.
 */
export async function movePen(
  target: HTMLElement,
  strokes: readonly TimedStroke[],
  { pointerType, origin, signal }: PenOptions,
): Promise<void> {
  const pointerId = nextPointerId++;
  const send = (type: string, samples: TimedStroke, down: boolean) => {
    const rect = target.getBoundingClientRect();
    const event = ([x, y, pressure]: TimedStroke[number], gathered?: PointerEvent[]) =>
      new PointerEvent(type, {
        bubbles: true,
        cancelable: true,
        composed: true,
        pointerId,
        pointerType,
        isPrimary: true,
        clientX: rect.left + origin[0] + x,
        clientY: rect.top + origin[1] + y,
        pressure: down ? pressure : 0,
        button: type === 'pointermove' ? -1 : 0,
        buttons: down ? 1 : 0,
        ...(gathered && { coalescedEvents: gathered }),
      });
    const last = samples.at(-1);
    if (!last) return;
    target.dispatchEvent(
      event(last, samples.length > 1 ? samples.map((sample) => event(sample)) : undefined),
    );
  };

  let clock = strokes[0]?.[0]?.[3] ?? 0;
  let frame = await nextFrame();
  let hover = strokes[0]?.[0];
  for (const stroke of strokes) {
    const first = stroke[0];
    const last = stroke.at(-1);
    if (!first || !last) continue;
    let next = 0;
    while (next < stroke.length && !signal.aborted) {
      const due = stroke.slice(next).filter(([, , , ms]) => ms <= clock);
      if (next === 0 && due.length > 0) {
        send('pointerdown', [first], true);
        due.shift();
        next = 1;
      }
      if (due.length > 0) send('pointermove', due, true);
      else if (next === 0 && hover) send('pointermove', [towards(hover, first, clock)], false);
      next += due.length;
      if (next === stroke.length) break;
      const now = await nextFrame();
      clock += Math.min(now - frame, longestFrameMs);
      frame = now;
    }
    if (next > 0) send('pointerup', [stroke[next - 1]!], false);
    if (signal.aborted) break;
    hover = last;
  }
  if (hover) send('pointerout', [hover], false);
  if (hover) send('pointerleave', [hover], false);
}

/** Where the lifted pen is at `ms` on its way from one stroke to the next. */
function towards(from: TimedStroke[number], to: TimedStroke[number], ms: number): TimedStroke[number] {
  const share = to[3] > from[3] ? Math.min(1, Math.max(0, (ms - from[3]) / (to[3] - from[3]))) : 1;
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share, 0, ms];
}

function nextFrame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}
