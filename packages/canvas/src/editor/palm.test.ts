import { describe, expect, it } from 'vitest';
import { createPalmRejection } from './palm.js';

const finger = (timeStamp: number) => ({ width: 24, height: 28, timeStamp });

describe('palm rejection', () => {
  it('lets fingers draw as long as there is no pen', () => {
    const palm = createPalmRejection();
    expect(palm.isPalm(finger(100))).toBe(false);
    expect(palm.hasPen).toBe(false);
  });

  it('takes every touch around a pen for the hand that holds it', () => {
    const palm = createPalmRejection();
    palm.notePen(1000);
    expect(palm.isPalm(finger(1001))).toBe(true);
    expect(palm.isPalm(finger(1499))).toBe(true);
    expect(palm.isPalm(finger(1500))).toBe(false);
    expect(palm.hasPen).toBe(true);
  });

  it('knows a hand by its size', () => {
    expect(createPalmRejection().isPalm({ width: 30, height: 90, timeStamp: 0 })).toBe(true);
  });
});
