import { type InkPoint, newElementId } from '@inkwire/core';
import { describe, expect, it } from 'vitest';
import { createLiveLine } from './live-line.js';

const id = newElementId();
const inkOf = (points: readonly InkPoint[]) =>
  ({ id, tool: 'pen', color: 'ink', width: 4, opacity: 1, points }) as const;
const along = (count: number, y = 0): InkPoint[] =>
  Array.from({ length: count }, (_, i) => ({ x: 500 + i * 10, y: 300 + y }));

describe('createLiveLine', () => {
  it('looks different where a prediction was that did not come true, from the first point on', () => {
    for (const count of [1, 2, 3, 40]) {
      const line = createLiveLine(inkOf([]));
      const points = along(count);
      line.update(inkOf(points), [{ x: 900, y: 900 }]);
      const changed = line.update(inkOf([...points, { x: 500 + count * 10, y: 300 }]), []);
      expect(changed?.maxX).toBeGreaterThanOrEqual(900);
      expect(changed?.maxY).toBeGreaterThanOrEqual(900);
    }
  });

  it('looks no different while nothing happens, also when the same points come in another list', () => {
    const line = createLiveLine(inkOf([]));
    expect(line.update(inkOf(along(50)), [])).not.toBeNull();
    expect(line.update(inkOf(along(50)), [])).toBeNull();
  });

  it('looks different as a whole when it turns out to go elsewhere, or to have been pressed', () => {
    for (const other of [along(100, 50), along(100).map((point) => ({ ...point, pressure: 0.8 }))]) {
      const line = createLiveLine(inkOf([]));
      line.update(inkOf(along(100)), []);
      const changed = line.update(inkOf(other), []);
      expect(changed?.minX).toBeLessThan(501);
      expect(changed?.minY).toBeLessThan(301);
      expect(changed?.maxX).toBeGreaterThan(1_489);
      expect(changed?.maxY).toBeGreaterThan(other[0]!.y - 1);
    }
  });
});
