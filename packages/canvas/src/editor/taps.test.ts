import { expect, it } from 'vitest';
import { createTaps } from './taps.js';

const mouse = (timeStamp: number) => ({ timeStamp, pointerType: 'mouse' });

it('two presses at one place in quick succession are a double click, and a third begins anew', () => {
  const taps = createTaps();
  expect([0, 200, 400, 600].map((time) => taps.note(mouse(time), [11, 10], 1))).toEqual([
    false,
    true,
    false,
    true,
  ]);
});

it('presses that are slow, apart, or that moved are none', () => {
  const taps = createTaps();
  expect(taps.note(mouse(0), [10, 10], 0)).toBe(false);
  expect(taps.note(mouse(500), [10, 10], 0)).toBe(false);
  expect(taps.note(mouse(700), [30, 10], 0)).toBe(false);
  expect(taps.note(mouse(800), [90, 10], 60)).toBe(false);
  expect(taps.note(mouse(900), [30, 10], 0)).toBe(false);
});

it('what is dragged away and back is no press', () => {
  const taps = createTaps();
  expect([60, 0, 60].map((travel, i) => taps.note(mouse(i * 100), [10, 10], travel))).toEqual([
    false,
    false,
    false,
  ]);
});

it('fingers are given more room than mice', () => {
  const [finger, pointer] = [createTaps(), createTaps()];
  finger.note({ timeStamp: 0, pointerType: 'touch' }, [0, 0], 0);
  expect(finger.note({ timeStamp: 200, pointerType: 'touch' }, [15, 10], 20)).toBe(true);
  pointer.note(mouse(0), [0, 0], 0);
  expect(pointer.note(mouse(200), [15, 10], 0)).toBe(false);
});
