import type { Box, Change, ElementId, NewElement, Point } from '@inkwire/core';
import { isLocked } from './locked.js';
import { makeElement } from './making-gesture.js';
import { boxContains } from './pick.js';
import { alignPoint, type SnapTargets, snapTargets } from './snap-targets.js';
import type { PointerSample, Tool, ToolContext, ToolStyle } from './tool.js';

/** Where what has a box lies. */
export interface Place {
  readonly position: Point;
  readonly size: Point;
  readonly parent: ElementId | null;
}

/** A kind of element that is pulled up as a box. */
export interface BoxToolOptions {
  readonly name: string;
  readonly style: ToolStyle;
  /** How large one is that is put down with a click, page units. */
  readonly size: Point;
  /** Whether its box is always a square. */
  readonly square?: boolean;
  /** Whether its text is written at once. */
  readonly written?: boolean;
  readonly make: (style: ToolStyle, place: Place) => NewElement;
  /** What else happens when it comes to be. */
  readonly complete?: (context: ToolContext, change: Change, id: ElementId, place: Place) => Change;
  /** Called when it is on the board. */
  readonly made?: (context: ToolContext, id: ElementId) => void;
}

/** A press that moves less than this (CSS pixels) puts one down as large as they come. */
const SLIP = 4;

/**
 * A tool that pulls up a box: with Shift a square, with Alt from its middle, aligned with what is around unless Control or
 * Command is held. Begun on a frame, it is in the frame.
 */
export function boxTool(options: BoxToolOptions): Tool {
  const { name, style, make, complete, made, written = false } = options;
  return {
    name,
    cursor: 'crosshair',
    style,
    stays: false,
    begin(context, first) {
      const targets = snapTargets(context, []);
      const parent = frameAt(context, first);
      // What is around is aligned with by the other corner; a grid by both.
      const from =
        targets.grid === null || first.keys.mod ? first.point : alignPoint(first.point, targets).point;
      let place: Place | null = null;
      return makeElement(context, first, {
        make(last, isOver) {
          const { box, marks } = pulled(context, from, last, options, targets, isOver);
          if (box === null) return { element: null, marks };
          const position: Point = [box.minX, box.minY];
          place = { position, size: [box.maxX - box.minX, box.maxY - box.minY], parent };
          return { element: make(context.style, place), marks };
        },
        complete: (change, id) =>
          complete === undefined || place === null ? change : complete(context, change, id, place),
        made(id) {
          made?.(context, id);
          if (written) context.write(id);
        },
      });
    },
  };
}

function pulled(
  { zoom }: ToolContext,
  from: Point,
  { point, keys }: PointerSample,
  { size, square = false }: BoxToolOptions,
  targets: SnapTargets,
  isOver: boolean,
) {
  if (Math.hypot(point[0] - from[0], point[1] - from[1]) * zoom < SLIP) {
    const [width, height] = size;
    const around: Box = {
      minX: from[0] - width / 2,
      minY: from[1] - height / 2,
      maxX: from[0] + width / 2,
      maxY: from[1] + height / 2,
    };
    return { box: isOver ? around : null, marks: [] };
  }
  const free = keys.mod || keys.shift || square;
  const { point: to, marks } = free ? { point, marks: [] } : alignPoint(point, targets);
  let [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  if (keys.shift || square) {
    const side = Math.max(Math.abs(dx), Math.abs(dy));
    [dx, dy] = [dx < 0 ? -side : side, dy < 0 ? -side : side];
  }
  const start: Point = keys.alt ? [from[0] - dx, from[1] - dy] : from;
  const end: Point = [from[0] + dx, from[1] + dy];
  const box: Box = {
    minX: Math.min(start[0], end[0]),
    minY: Math.min(start[1], end[1]),
    maxX: Math.max(start[0], end[0]),
    maxY: Math.max(start[1], end[1]),
  };
  return { box, marks };
}

/** The topmost frame at a place, for what is made there. */
export function frameAt(context: ToolContext, { point }: PointerSample): ElementId | null {
  const { board, query } = context;
  const [x, y] = point;
  const frames = query({ minX: x, minY: y, maxX: x, maxY: y }).filter(
    (element) => element.kind === 'frame' && !isLocked(board, element.id) && boxContains(element, point),
  );
  return frames.at(-1)?.id ?? null;
}
