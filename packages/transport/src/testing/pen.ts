import { addElement, newElementId } from '@inkwire/core';
import type { Client } from './rig.js';

/** A pointer's events, and how many of them make a stroke. */
const EVERY_MS = 16;
const POINTS_PER_STROKE = 60;

/** Writes with a pen as the canvas does: cursor and live ink with every event, an element at the end of a stroke. */
export const write = async ({ board, connection }: Client, ms: number): Promise<void> => {
  const { presence } = connection;
  const until = performance.now() + ms;
  while (performance.now() < until) {
    const id = newElementId();
    const look = { id, tool: 'pen', color: 'ink', width: 3 } as const;
    const points: { x: number; y: number; pressure: number }[] = [];
    while (points.length < POINTS_PER_STROKE && performance.now() < until) {
      const angle = performance.now() / 90;
      const point = { x: points.length * 3 + Math.cos(angle) * 20, y: Math.sin(angle) * 30, pressure: 0.5 };
      points.push(point);
      presence.setCursor([point.x, point.y]);
      presence.drawLive({ ...look, opacity: 1, points });
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    }
    board.commit(addElement(board, { kind: 'stroke', ...look, points }));
    presence.endLive(id);
  }
};
