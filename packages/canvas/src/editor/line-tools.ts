import type { Binding, NewLine, Point } from '@inkwire/core';
import { bindingAt } from './binding.js';
import { frameAt } from './box-tool.js';
import { stepAngle } from './line-point-gesture.js';
import { makeElement } from './making-gesture.js';
import type { Mark } from './mark.js';
import type { PointerSample, Tool, ToolContext, ToolStyle } from './tool.js';

const LINE = {
  color: 'ink',
  width: 2,
  dash: 'solid',
  routing: 'straight',
  opacity: 1,
} as const satisfies ToolStyle;

export const line: Tool = lineTool('line', { ...LINE, startHead: 'none', endHead: 'none' });
export const arrow: Tool = lineTool('arrow', { ...LINE, startHead: 'none', endHead: 'arrow' });

/** A press that moves less than this (CSS pixels) is no line. */
const SLIP = 4;

/**
 * A tool that draws a line from where the pointer was pressed to where it is lifted: with Shift at angles of 15°. Ends
 * that lie on elements are bound to them, unless Control or Command is held.
 */
function lineTool(kind: NewLine['kind'], style: ToolStyle): Tool {
  return {
    name: kind,
    cursor: 'crosshair',
    style,
    stays: false,
    hover: (context, sample) => ({
      cursor: 'crosshair',
      marks: marksOf([bindingOf(context, sample.point, sample)]),
    }),
    begin(context, first) {
      const { zoom } = context;
      const parent = frameAt(context, first);
      const startBinding = bindingOf(context, first.point, first);
      return makeElement(context, first, {
        make(last) {
          const [from, to] = [first.point, last.keys.shift ? stepAngle(first.point, last.point) : last.point];
          if (Math.hypot(to[0] - from[0], to[1] - from[1]) * zoom < SLIP)
            return { element: null, marks: marksOf([startBinding]) };
          const start = isThere(context, startBinding);
          const end = bindingOf(context, to, last);
          // A line from an element to itself would be nowhere to be seen.
          const endBinding = end?.element === start?.element ? null : end;
          const ends = { startBinding: start, endBinding };
          return {
            element: { kind, parent, points: [from, to], ...context.style, ...ends },
            marks: marksOf([start, endBinding]),
          };
        },
      });
    },
  };
}

function bindingOf(context: ToolContext, point: Point, { keys }: PointerSample): Binding | null {
  return keys.mod ? null : bindingAt(context, point);
}

/** Somebody may have removed it meanwhile. */
function isThere({ board }: ToolContext, binding: Binding | null): Binding | null {
  return binding !== null && board.get(binding.element) !== undefined ? binding : null;
}

function marksOf(bindings: readonly (Binding | null)[]): readonly Mark[] {
  return bindings.flatMap((binding): Mark[] =>
    binding === null ? [] : [{ kind: 'outline', id: binding.element, strength: 'target' }],
  );
}
