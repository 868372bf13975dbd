import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createManualClock } from '../testing/manual-clock.js';
import { createPacer, type FrameSource, type Urgency } from './pacer.js';

const rig = (options: { spacing?: number; limit?: number } = {}) => {
  const clock = createManualClock(0);
  const pacer = createPacer({ clock, ...(options.limit === undefined ? {} : { limit: options.limit }) });
  const sent: number[] = [];
  const source: FrameSource = {
    send: () => {
      sent.push(clock.now());
      return true;
    },
    spacing: () => options.spacing ?? 0,
  };
  /** Asks every `every` ms for `ms`, as a pointer does that moves. */
  const stream = (ms: number, every: number, urgency: Urgency = 'stream'): void => {
    for (let time = 0; time < ms; time += every) {
      pacer.request(source, urgency);
      clock.advance(every);
    }
  };
  return { clock, pacer, sent, source, stream };
};

/** The most events in any window of one second. */
const densest = (times: readonly number[]): number =>
  Math.max(0, ...times.map((start) => times.filter((at) => at >= start && at < start + 1_000).length));

describe('pacer', () => {
  it('W3: the leading edge leaves at once, a stream then every 120 ms', () => {
    const { sent, stream } = rig();
    stream(1_000, 8);
    expect(sent[0]).toBe(0);
    for (const [index, at] of sent.entries())
      if (index > 0) expect(at - (sent[index - 1] as number)).toBe(120);
    expect(sent.length).toBe(9);
  });

  it('W3: a commit leaves at once in the middle of a stream', () => {
    const { sent, stream, pacer, source, clock } = rig();
    stream(2_004, 4);
    const at = clock.now();
    expect(sent.at(-1)).toBeLessThan(at);
    pacer.request(source, 'commit');
    expect(sent.at(-1)).toBe(at);
  });

  it('W3: a burst of commits becomes a stream, and never more than 10 events fall in a second', () => {
    const { sent, stream } = rig();
    stream(10_000, 16, 'commit');
    expect(sent.slice(0, 4)).toEqual([0, 16, 32, 48]);
    expect(densest(sent)).toBeLessThanOrEqual(10);
    const gaps = sent.slice(1).map((at, index) => at - (sent[index] as number));
    expect(Math.max(...gaps)).toBeLessThan(400);
  });

  it('W3: whatever is asked for when, no second has more than the limit', () => {
    const requests = fc.array(
      fc.record({
        wait: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 900 })),
        urgency: fc.constantFrom<Urgency>('commit', 'stream'),
        slow: fc.boolean(),
      }),
      { maxLength: 120 },
    );
    fc.assert(
      fc.property(requests, fc.integer({ min: 1, max: 12 }), (list, limit) => {
        const { clock, pacer, sent, source } = rig({ limit });
        for (const { wait, urgency, slow } of list) {
          clock.advance(wait);
          if (slow && wait > 890) pacer.slowDown();
          pacer.request(source, urgency);
        }
        clock.advance(60_000);
        expect(densest(sent)).toBeLessThanOrEqual(limit);
        if (list.length > 0) expect(sent.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  it('W3: 4301 doubles the spacing, which recovers over 30 s', () => {
    const { sent, stream, pacer } = rig();
    stream(200, 4);
    pacer.slowDown();
    const before = sent.length;
    stream(1_000, 4);
    const slow = sent.slice(before);
    expect((slow[2] as number) - (slow[1] as number)).toBeGreaterThan(225);
    pacer.slowDown();
    const twice = sent.length;
    stream(2_000, 4);
    expect((sent[twice + 2] as number) - (sent[twice + 1] as number)).toBeGreaterThan(400);
    stream(30_000, 4);
    expect((sent.at(-1) as number) - (sent.at(-2) as number)).toBeLessThan(125);
  });

  it('W4: a room that is expensive spaces its streams and its commits', () => {
    const { sent, stream } = rig({ spacing: 500 });
    stream(1_900, 8, 'commit');
    expect(sent.length).toBe(4);
    for (const [index, at] of sent.entries())
      if (index > 0) expect(at - (sent[index - 1] as number)).toBeGreaterThanOrEqual(500);
  });

  it('W3: two boards share one connection and one limit, and neither starves', () => {
    const { clock, pacer, sent, source } = rig();
    const other: number[] = [];
    const second: FrameSource = {
      send: () => {
        other.push(clock.now());
        return true;
      },
      spacing: () => 0,
    };
    for (let time = 0; time < 5_000; time += 8) {
      pacer.request(source, 'stream');
      pacer.request(second, 'stream');
      clock.advance(8);
    }
    expect(densest([...sent, ...other].sort((a, b) => a - b))).toBeLessThanOrEqual(10);
    expect(Math.abs(sent.length - other.length)).toBeLessThanOrEqual(2);
  });

  it('W4: a source that has nothing to send spends nothing', () => {
    const clock = createManualClock(0);
    const pacer = createPacer({ clock });
    let asked = 0;
    const idle: FrameSource = {
      send: () => {
        asked += 1;
        return false;
      },
      spacing: () => 0,
    };
    pacer.request(idle, 'stream');
    pacer.request(idle, 'stream');
    expect(asked).toBe(2);
    expect(clock.waiting).toBe(0);
  });

  it('stops with nothing left behind', () => {
    const { clock, pacer, source } = rig();
    pacer.request(source, 'stream');
    pacer.request(source, 'stream');
    expect(clock.waiting).toBe(1);
    pacer.stop();
    expect(clock.waiting).toBe(0);
    pacer.request(source, 'commit');
    expect(clock.waiting).toBe(0);
  });
});
