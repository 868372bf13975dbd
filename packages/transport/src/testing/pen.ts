import { addElement, newElementId } from '@inkwire/core';
import type { Client } from './rig.js';

/**
 * A hand that writes as the canvas lets it: every call is one event of its pointer, with cursor and live ink; after
 * `pointsPerStroke` of them the stroke becomes an element.
 */
export const createPen = ({ board, connection }: Client, pointsPerStroke = 60): (() => void) => {
  const { presence } = connection;
  let id = newElementId();
  let points: { x: number; y: number; pressure: number }[] = [];
  return () => {
    const look = { id, tool: 'pen', color: 'ink', width: 3 } as const;
    const angle = points.length / 5;
    const point = { x: points.length * 3 + Math.cos(angle) * 20, y: Math.sin(angle) * 30, pressure: 0.5 };
    points.push(point);
    presence.setCursor([point.x, point.y]);
    presence.drawLive({ ...look, opacity: 1, points });
    if (points.length < pointsPerStroke) return;
    board.commit(addElement(board, { kind: 'stroke', ...look, points }));
    presence.endLive(id);
    id = newElementId();
    points = [];
  };
};
