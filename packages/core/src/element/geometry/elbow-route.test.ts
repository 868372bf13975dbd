import { describe, expect, it } from 'vitest';
import type { Box } from '../geometry.js';
import { elbowRoute } from './elbow-route.js';

const BOX: Box = { minX: 0, minY: 0, maxX: 100, maxY: 60 };

describe('an elbow route', () => {
  it('goes around the element that it enters from behind', () => {
    const route = elbowRoute({ point: [50, -200] }, { point: [50, 64], side: 'bottom', box: BOX }, 20);
    expect(route).toEqual([
      [50, -200],
      [-20, -200],
      [-20, 80],
      [50, 80],
      [50, 64],
    ]);
  });

  it('goes around the element that it leaves on the far side', () => {
    const route = elbowRoute({ point: [104, 30], side: 'right', box: BOX }, { point: [-200, 30] }, 20);
    expect(route.slice(0, 2)).toEqual([
      [104, 30],
      [120, 30],
    ]);
    for (const [x, y] of route.slice(1, -1)) expect(x >= 120 || x <= -20 || y <= -20 || y >= 80).toBe(true);
    expect(route.at(-1)).toEqual([-200, 30]);
  });

  it('crosses an element rather than find no way', () => {
    const inside = elbowRoute({ point: [50, 30] }, { point: [104, 30], side: 'right', box: BOX }, 20);
    expect(inside[0]).toEqual([50, 30]);
    expect(inside.at(-1)).toEqual([104, 30]);
  });

  it('has nothing to bend where both ends are at one place', () => {
    expect(elbowRoute({ point: [3, 3] }, { point: [3, 3] }, 20)).toEqual([[3, 3]]);
  });
});
