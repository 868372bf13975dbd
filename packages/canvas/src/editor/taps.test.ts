import { expect, it } from 'vitest';
import { createTaps } from './taps.js';

const mouse = (timeStamp: number) => ({ timeStamp, pointerType: 'mouse' });

it('two presses at one place in quick succession are a double click, and a third begins anew', () => {
  const taps = createTaps();
  expect([0, 200, 400, 600].map((time) => taps.note(mouse(time), [10, 10], [11, 10]))).toEqual([
    false,
    true,
    false,
    true,
  ]);
});

it('presses that are slow, apart, or that moved are none', () => {
  const taps = createTaps();
  expect(taps.note(mouse(0), [10, 10], [10, 10])).toBe(false);
  expect(taps.note(mouse(500), [10, 10], [10, 10])).toBe(false);
  expect(taps.note(mouse(700), [30, 10], [30, 10])).toBe(false);
  expect(taps.note(mouse(800), [30, 10], [90, 10])).toBe(false);
  expect(taps.note(mouse(900), [30, 10], [30, 10])).toBe(false);
});

it('fingers are given more room than mice', () => {
  const [finger, pointer] = [createTaps(), createTaps()];
  finger.note({ timeStamp: 0, pointerType: 'touch' }, [0, 0], [0, 0]);
  expect(finger.note({ timeStamp: 200, pointerType: 'touch' }, [15, 10], [15, 10])).toBe(true);
  pointer.note(mouse(0), [0, 0], [0, 0]);
  expect(pointer.note(mouse(200), [15, 10], [15, 10])).toBe(false);
});
