import { expect, it } from 'vitest';
import { type Camera, createCamera } from '../scene/camera.js';
import { createFling } from './fling.js';

function page(mayMove = true) {
  let camera: Camera = createCamera();
  let started = 0;
  const fling = createFling(
    () => ({
      camera,
      setCamera(next) {
        camera = next;
      },
    }),
    () => mayMove,
    () => started++,
  );
  /** Pushes to the left by 10 pixels in each of 6 frames, and lets go `rest` ms later. */
  const push = (rest = 5) => {
    for (let i = 0; i <= 6; i++) fling.note([300 - i * 10, 0], i * 16);
    fling.release(96 + rest);
  };
  return { fling, push, camera: () => camera, started: () => started };
}

it('goes on as fast as it was pushed, ever slower, and comes to rest', () => {
  const { fling, push, camera, started } = page();
  push();
  expect(started()).toBe(1);
  const places: number[] = [];
  let time = 100;
  while (fling.step(time)) {
    places.push(camera().x);
    time += 16;
  }
  expect(places[0]).toBeCloseTo(10, 0);
  const steps = places.slice(1).map((x, i) => x - (places[i] ?? 0));
  for (const [i, step] of steps.slice(1).entries()) expect(step).toBeLessThan(steps[i] ?? 0);
  expect(places.length).toBeGreaterThan(30);
  expect(places.length).toBeLessThan(120);
});

it('stays where a finger that rested left it, where somebody stops it, and where less motion is asked for', () => {
  const rested = page();
  rested.push(100);
  expect(rested.fling.step(300)).toBe(false);
  const stopped = page();
  stopped.push();
  stopped.fling.step(116);
  stopped.fling.stop();
  expect(stopped.fling.step(132)).toBe(false);
  const calm = page(false);
  calm.push();
  expect([calm.started(), calm.fling.step(116)]).toEqual([0, false]);
});
