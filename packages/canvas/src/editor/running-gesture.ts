import type { Change, DraggedElements, ElementId, InkPoint, LiveInk, Presence } from '@inkwire/core';
import type { Mark } from './mark.js';
import type { PointerReport } from './pointer-sample.js';
import type { Gesture, ModifierKeys, PointerSample, Preview } from './tool.js';

/** A stroke as it looks now, and where it will probably go. */
export interface StrokeUnderway {
  readonly ink: LiveInk;
  readonly predicted: readonly InkPoint[];
}

/** The gesture under way, if there is one, as the screen and the others see it. */
export interface RunningGesture {
  readonly running: boolean;
  readonly cursor: string | null;
  readonly fading: ReadonlySet<ElementId>;
  readonly preview: Preview;
  readonly marks: readonly Mark[];
  /** My strokes by `time` (ms since the page was opened): the one under way, and what lingers of those before it. */
  strokes(time: number): readonly StrokeUnderway[];
  start(gesture: Gesture, first: PointerSample): void;
  move(report: PointerReport): void;
  /** The pointer rests, and other modifier keys are held. */
  setKeys(keys: ModifierKeys): void;
  /** Tells the others how it looks now: it changed without the pointer. */
  tell(): void;
  finish(): void;
  abandon(): void;
  destroy(): void;
}

export interface RunningGestureOptions {
  readonly presence: Presence | null;
  /** Milliseconds since the page was opened. */
  readonly now: () => number;
  /** The gesture looks different. */
  readonly onChange: () => void;
  readonly commit: (change: Change) => void;
  /** My stroke is committed, and perhaps not painted yet. */
  readonly onCommit: (ink: LiveInk) => void;
  /** It was finished; `made` says whether anything came of it. */
  readonly onFinish: (made: boolean) => void;
}

/** A prediction that did not come true by then (ms) is withdrawn: the pointer stopped. */
const PREDICTION_LIFETIME = 40;
/** How long a stroke stays that is not committed (ms). */
const LINGERING = 900;
const NO_ELEMENTS: ReadonlySet<never> = new Set();
const NO_PREVIEW: Preview = new Map();

export function createRunningGesture(options: RunningGestureOptions): RunningGesture {
  const { presence, now, onChange } = options;
  let gesture: Gesture | null = null;
  let last: PointerSample | null = null;
  let predictedAt = 0;
  const lingering: { readonly ink: LiveInk; readonly until: number }[] = [];
  let told: DraggedElements | null = null;
  /** How many strokes of the gesture's trail linger already. */
  let trailed = 0;

  function linger(ink: LiveInk): void {
    lingering.push({ ink, until: now() + LINGERING });
  }

  function tell(): void {
    const trail = gesture?.trail ?? [];
    for (const ink of trail.slice(trailed)) {
      presence?.drawLive(ink);
      linger(ink);
    }
    trailed = trail.length;
    if (gesture?.ink != null) presence?.drawLive(gesture.ink);
    const drag = gesture?.drag ?? null;
    if (drag === told) return;
    told = drag;
    presence?.setDrag(drag);
  }

  /** The others are told after the commit: what they saw moving is then moved. */
  function end(act: (ended: Gesture) => void): void {
    const ended = gesture;
    if (ended === null) return;
    gesture = null;
    try {
      act(ended);
    } finally {
      const { ink } = ended;
      if (ink != null && !lingering.some((each) => each.ink === ink)) presence?.endLive(ink.id);
      tell();
      onChange();
    }
  }

  return {
    get running() {
      return gesture !== null;
    },
    get cursor() {
      return gesture?.cursor ?? null;
    },
    get fading() {
      return gesture?.fading ?? NO_ELEMENTS;
    },
    get preview() {
      return gesture?.preview ?? NO_PREVIEW;
    },
    get marks() {
      return gesture?.marks ?? [];
    },
    strokes(time) {
      while (lingering[0] !== undefined && lingering[0].until <= time) {
        const gone = lingering.shift();
        if (gone !== undefined) presence?.endLive(gone.ink.id);
      }
      const strokes: StrokeUnderway[] = lingering.map(({ ink }) => ({ ink, predicted: [] }));
      if (gesture?.ink != null) {
        const fresh = time - predictedAt < PREDICTION_LIFETIME;
        strokes.push({ ink: gesture.ink, predicted: fresh ? (gesture.predicted ?? []) : [] });
      }
      return strokes;
    },
    start(next, first) {
      gesture = next;
      last = first;
      tell();
      onChange();
    },
    move({ samples, predicted }) {
      if (gesture === null) return;
      last = samples.at(-1) ?? last;
      gesture.move(samples, predicted);
      predictedAt = now();
      tell();
      onChange();
    },
    setKeys(keys) {
      if (gesture === null || last === null) return;
      last = { ...last, keys };
      // A stroke that rests gets no point twice; whatever depends on the keys is seen at once.
      gesture.move([last], []);
      tell();
      onChange();
    },
    tell,
    finish: () =>
      end((ended) => {
        const change = ended.finish();
        if (change !== null) {
          options.commit(change);
          if (ended.ink != null) options.onCommit(ended.ink);
        }
        if (ended.ink != null && ended.lingers === true) linger(ended.ink);
        ended.committed?.();
        options.onFinish(change !== null);
      }),
    abandon: () => end((ended) => ended.cancel?.()),
    destroy() {
      for (const { ink } of lingering.splice(0)) presence?.endLive(ink.id);
    },
  };
}
