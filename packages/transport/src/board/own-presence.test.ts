import { decodePresence, type InkPoint, type LiveInk, newElementId } from '@inkwire/core';
import { describe, expect, it } from 'vitest';
import { createManualClock } from '../testing/manual-clock.js';
import { createOwnPresence } from './own-presence.js';

const style = { tool: 'pen', color: 'ink', width: 2, opacity: 1 } as const;
const line = (length: number): InkPoint[] => Array.from({ length }, (_, x) => ({ x, y: 0 }));

/** The same points, and how many of them were read. */
const counted = (points: readonly InkPoint[]) => {
  const reads = { count: 0 };
  const watched = new Proxy(points, {
    get(target, key, receiver) {
      if (typeof key === 'string' && /^\d+$/.test(key)) reads.count += 1;
      return Reflect.get(target, key, receiver);
    },
  });
  return { points: watched, reads };
};

describe('what I show the others', () => {
  it('costs an event what it adds to a stroke, however long that is', () => {
    const own = createOwnPresence(createManualClock(), () => undefined);
    const ink: LiveInk = { id: newElementId(), ...style, points: line(100_000) };
    own.drawLive(ink);
    const { points, reads } = counted(line(100_004));
    own.drawLive({ ...ink, points });
    expect(reads.count).toBe(5);
  });

  it('P2: tells every point once as it was last, though the list that it came in goes on growing', () => {
    const own = createOwnPresence(createManualClock(), () => undefined);
    const points: InkPoint[] = [{ x: 0, y: 0, pressure: 0.25 }];
    const ink: LiveInk = { id: newElementId(), ...style, points };
    own.drawLive(ink);
    points[0] = { x: 0, y: 0, pressure: 0.5 };
    points.push({ x: 8, y: 0, pressure: 0.5 });
    own.drawLive(ink);
    points.push({ x: 16, y: 0, pressure: 0.5 });
    const [first] = decodePresence(own.take()).live;
    own.drawLive(ink);
    const [second] = decodePresence(own.take()).live;
    expect(first).toMatchObject({ from: 0, points: [{ x: 0, pressure: 0.5 }, { x: 8 }] });
    expect(second).toMatchObject({ from: 2, points: [{ x: 16 }] });
  });
});
