import { expect, it } from 'vitest';
import { createTaskLoop } from './task-loop.js';

it('runs what it was given, in tasks of their own, until that says it is done; what comes later takes its place', async () => {
  const loop = createTaskLoop();
  const ran: string[] = [];
  await new Promise<void>((resolve) => {
    loop.start(() => {
      ran.push('first');
      if (ran.length < 3) return true;
      loop.start(() => {
        ran.push('second');
        resolve();
        return false;
      });
      return true;
    });
    expect(ran).toEqual([]);
  });
  expect(ran).toEqual(['first', 'first', 'first', 'second']);
  loop.stop();
});

it('runs nothing more once it was stopped, until it is started again', async () => {
  const loop = createTaskLoop();
  let ran = 0;
  loop.start(() => ++ran > 0);
  loop.stop();
  await new Promise<void>((resolve) =>
    loop.start(() => {
      resolve();
      return false;
    }),
  );
  expect(ran).toBe(0);
  loop.stop();
});
