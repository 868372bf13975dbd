import {
  FIRST_TIP,
  firstPoint,
  follow,
  LINE_SIZE,
  type LinePoint,
  type RawPoint,
  spreadOut,
} from './ink-smoothing.js';

/** What draws a line. */
export type InkTool = 'pen' | 'highlighter';

/** Corners `[x0, y0, x1, y1, …]` in page units from the line's first point. */
export type Corners = readonly number[];

/** A place along a line, by how many corners its edges have up to there. */
export interface Seam {
  readonly left: number;
  readonly right: number;
}

/** What closes a line between its edges. */
export interface LineCaps {
  /** Around the first point, from the right edge back to the left one. */
  readonly start: Corners;
  /** Around the last point, from the left edge to the right one. */
  readonly end: Corners;
}

/**
 * The two edges of a line that is being drawn. What was taken in is not looked at again, so that a point at the end of a
 * long line costs what it does at its beginning.
 *
 * Their shape is that of perfect-freehand (Steve Ruiz, https://github.com/steveruizok/perfect-freehand) corner by
 * corner: the line follows its points a little late, is as wide as pressure or speed say, and turns and ends round.
 */
export interface InkEdges {
  readonly left: Corners;
  readonly right: Corners;
  /** Up to where the edges stay as they are, whatever comes. */
  readonly settled: Seam;
  /** Places up to there, every few corners. */
  readonly seams: readonly Seam[];
  /** Takes in a point that stays, in page units from the first one, which is 0, 0. */
  add(x: number, y: number, pressure: number | undefined): void;
  /** Completes the line with points that may still change, at least one. What is called next takes that back. */
  end(tail: readonly RawPoint[]): LineCaps;
}

export interface InkEdgesOptions {
  readonly tool: InkTool;
  /** The diameter in page units at pressure 0.5; more than 0. */
  readonly width: number;
  /** Whether the points' pressure was measured; if not, it follows their speed. */
  readonly measured: boolean;
}

const STYLE = {
  pen: { thinning: 0.55, smoothing: 0.5, streamline: 0.35 },
  highlighter: { thinning: 0, smoothing: 0.5, streamline: 0.45 },
} as const;

/** So near to the last point there are no corners: a hand that is lifted trembles. */
const TREMBLING = 3;
/** The pressure at the beginning is an average of so many points. */
const AVERAGED = 10;
/** How quickly the width follows the speed. */
const SPEED_RATE = 0.275;
const THINNEST = 0.01;
/** Corners of a turn, of the line's beginning (half a circle), of its end (one and a half), of a dot. */
const TURN = 13;
const START = 13;
const END = 29;
const DOT = 13;
/** A little more, so that no gap is left. */
const HALF_CIRCLE = Math.PI + 0.0001;
/** Corners of both edges together from seam to seam. */
const SEAM_LENGTH = 24;

/** What decides how the edges go on; coordinates and vectors as of {@link LinePoint}. */
interface Progress {
  /** Points of the smoothed line that have their corners. */
  done: number;
  pressure: number;
  radius: number;
  /** The way back from the last of them. */
  backX: number;
  backY: number;
  /** Whether it was a turn. */
  turned: boolean;
  /** The last corners. */
  leftX: number;
  leftY: number;
  rightX: number;
  rightY: number;
}

const BEGINNING: Progress = {
  ...{ done: 0, pressure: 0, radius: LINE_SIZE / 2, backX: 0, backY: 0, turned: false },
  ...{ leftX: 0, leftY: 0, rightX: 0, rightY: 0 },
};

export function createInkEdges({ tool, width, measured }: InkEdgesOptions): InkEdges {
  const { thinning, smoothing, streamline } = STYLE[tool];
  const scale = LINE_SIZE / width;
  const pursuit = 0.15 + (1 - streamline) * 0.85;
  const spacing = LINE_SIZE * smoothing;
  const left: number[] = [];
  const right: number[] = [];
  const seams: Seam[] = [];
  let settled: Seam = { left: 0, right: 0 };
  /** The first two points, until it is known that there are more. */
  let few: RawPoint[] = [];
  let tip = FIRST_TIP;
  /** The end of the smoothed line, which has no corners yet. */
  let waiting: LinePoint[] = [];
  let progress = { ...BEGINNING };
  let restore: (() => void) | null = null;

  function take({ x, y, pressure }: RawPoint, isLast: boolean): void {
    if (waiting.length === 0) {
      waiting.push(firstPoint(pressure));
      return;
    }
    const next = follow(tip, x, y, pressure, isLast ? 1 : pursuit);
    tip = next.tip;
    if (next.point === null) return;
    const [first] = waiting;
    if (first !== undefined && waiting.length === 1 && progress.done === 0)
      waiting[0] = { ...first, backX: next.point.backX, backY: next.point.backY };
    waiting.push(next.point);
  }

  /** Gives corners to every point that can have them; to all of them if there are `isComplete` no more. */
  function advance(isComplete: boolean): void {
    const [first] = waiting;
    const last = waiting.at(-1);
    if (first === undefined || last === undefined) return;
    if (progress.done === 0) {
      if (!isComplete && waiting.length < AVERAGED) return;
      begin(first);
    }
    let count = 0;
    for (const point of waiting) {
      const next = waiting[count + 1];
      const trembles = next !== undefined && last.length - point.length < TREMBLING;
      if (!isComplete && (next === undefined || trembles)) break;
      if (!trembles) addCorners(point, next);
      count++;
      progress.done++;
      if (!isComplete) settle();
    }
    if (!isComplete) waiting = waiting.slice(count);
  }

  function begin(first: LinePoint): void {
    let { pressure } = first;
    for (const point of waiting.slice(0, AVERAGED)) pressure = (pressure + pressureAt(point, pressure)) / 2;
    progress = { ...BEGINNING, pressure, backX: first.backX, backY: first.backY };
  }

  function settle(): void {
    settled = { left: left.length / 2, right: right.length / 2 };
    const { left: lastLeft, right: lastRight } = seams.at(-1) ?? { left: 0, right: 0 };
    if (settled.left - lastLeft + settled.right - lastRight >= SEAM_LENGTH) seams.push(settled);
  }

  function pressureAt({ pressure, distance }: LinePoint, before: number): number {
    if (measured) return pressure;
    const speed = Math.min(1, distance / LINE_SIZE);
    return Math.min(1, before + (1 - speed - before) * speed * SPEED_RATE);
  }

  function addCorners(point: LinePoint, next: LinePoint | undefined): void {
    const pressure = pressureAt(point, progress.pressure);
    progress.radius = Math.max(LINE_SIZE * (0.5 - thinning * (0.5 - pressure)), THINNEST);
    const { backX, backY } = point;
    const ahead = next === undefined ? 1 : backX * next.backX + backY * next.backY;
    const behind = backX * progress.backX + backY * progress.backY;
    if (ahead < 0 || (behind < 0 && !progress.turned)) {
      addTurn(point);
      progress.turned ||= ahead < 0;
      return;
    }
    // Across the middle of the ways to and from the point, more to that from it the more it bends.
    const [fromX, fromY] = next === undefined ? [backX, backY] : [next.backX, next.backY];
    const acrossX = (fromY + (backY - fromY) * ahead) * progress.radius;
    const acrossY = -(fromX + (backX - fromX) * ahead) * progress.radius;
    const always = progress.done <= 1 || next === undefined;
    addLeft(point.x - acrossX, point.y - acrossY, always ? 0 : spacing);
    addRight(point.x + acrossX, point.y + acrossY, always ? 0 : spacing);
    Object.assign(progress, { pressure, backX, backY, turned: false });
  }

  /** Half a circle on both sides of the point, beginning across the way that leads to it. */
  function addTurn({ x, y }: LinePoint): void {
    const [acrossX, acrossY] = [progress.backY * progress.radius, -progress.backX * progress.radius];
    for (let i = 0; i <= TURN; i++) {
      const [cos, sin] = [Math.cos((HALF_CIRCLE * i) / TURN), Math.sin((HALF_CIRCLE * i) / TURN)];
      addLeft(x - (acrossX * cos - acrossY * sin), y - (acrossX * sin + acrossY * cos), 0);
      addRight(x + (acrossX * cos + acrossY * sin), y + (acrossY * cos - acrossX * sin), 0);
    }
  }

  /** Adds a corner if it is further than `least` from the last one, or `least` is 0. */
  function addLeft(x: number, y: number, least: number): void {
    if (least > 0 && isNear(x - progress.leftX, y - progress.leftY, least)) return;
    left.push(x / scale, y / scale);
    progress.leftX = x;
    progress.leftY = y;
  }

  function addRight(x: number, y: number, least: number): void {
    if (least > 0 && isNear(x - progress.rightX, y - progress.rightY, least)) return;
    right.push(x / scale, y / scale);
    progress.rightX = x;
    progress.rightY = y;
  }

  function caps(): LineCaps {
    const last = waiting.at(-1);
    if (last === undefined) return { start: [], end: [] };
    if (progress.done === 1) {
      left.length = 0;
      right.length = 0;
      const across = progress.radius * Math.SQRT1_2;
      return { start: [], end: arc(0, 0, across, -across, 2 * HALF_CIRCLE, DOT) };
    }
    const [startX = 0, startY = 0] = right;
    const [acrossX, acrossY] = [-last.backY * progress.radius, last.backX * progress.radius];
    return {
      start: arc(0, 0, startX * scale, startY * scale, HALF_CIRCLE, START),
      end: arc(last.x, last.y, acrossX, acrossY, 3 * HALF_CIRCLE, END),
    };
  }

  function arc(x: number, y: number, fromX: number, fromY: number, angle: number, count: number): Corners {
    const corners: number[] = [];
    for (let i = 1; i <= count; i++) {
      const [cos, sin] = [Math.cos((angle * i) / count), Math.sin((angle * i) / count)];
      corners.push((x + fromX * cos - fromY * sin) / scale, (y + fromX * sin + fromY * cos) / scale);
    }
    return corners;
  }

  return {
    left,
    right,
    seams,
    get settled() {
      return settled;
    },
    add(x, y, pressure) {
      restore?.();
      few.push({ x: x * scale, y: y * scale, pressure });
      if (waiting.length === 0 && few.length < 3) return;
      for (const point of few) take(point, false);
      few = [];
    },
    end(tail) {
      restore?.();
      advance(false);
      const before = { tip, waiting: [...waiting], progress: { ...progress } };
      restore = () => {
        ({ tip, waiting, progress } = before);
        left.length = 2 * settled.left;
        right.length = 2 * settled.right;
        restore = null;
      };
      const rest = [...few, ...tail.map(({ x, y, pressure }) => ({ x: x * scale, y: y * scale, pressure }))];
      const points = waiting.length === 0 ? spreadOut(rest) : rest;
      for (const [i, point] of points.entries()) take(point, i === points.length - 1);
      advance(true);
      return caps();
    },
  };
}

function isNear(dx: number, dy: number, distance: number): boolean {
  return dx * dx + dy * dy <= distance * distance;
}
