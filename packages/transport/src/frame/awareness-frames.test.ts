import { type SessionId, WireError } from '@inkwire/core';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { createAwarenessFrames } from './awareness-frames.js';

const A = 'aaaaaaaaaaaa' as SessionId;
const B = 'bbbbbbbbbbbb' as SessionId;
const made: Awareness[] = [];
afterEach(() => {
  for (const awareness of made.splice(0)) awareness.destroy();
});

const person = () => {
  const awareness = new Awareness(new Y.Doc());
  // y-protocols takes a state for news only when it is not the first.
  awareness.setLocalState({});
  made.push(awareness);
  const told = { own: 0, silent: [] as SessionId[], large: [] as number[] };
  const frames = createAwarenessFrames({
    awareness,
    origin: 'frames',
    onOwnChange: () => {
      told.own += 1;
    },
    onSilent: (session) => told.silent.push(session),
    onTooLarge: (bytes) => told.large.push(bytes),
  });
  return { awareness, frames, told, client: awareness.clientID };
};

describe('awareness frames', () => {
  it('P1: tell a state once, and again when it changes or somebody new is there', () => {
    const ana = person();
    const ben = person();
    ana.awareness.setLocalState({ user: { name: 'Ana' } });
    ben.frames.receive(A, ana.frames.take());
    expect(ben.awareness.getStates().get(ana.client)).toEqual({ user: { name: 'Ana' } });
    expect(ben.frames.userOf(A)).toEqual({ name: 'Ana' });
    expect(ana.frames.take().length).toBe(0);
    ana.frames.tell();
    expect(ana.frames.take().length).toBeGreaterThan(0);
    expect(ana.told.own).toBe(2);
    expect(ben.told.own).toBe(0);
  });

  it('P3: a farewell ends a session, and so does leaving', () => {
    const ana = person();
    const ben = person();
    ben.frames.receive(A, ana.frames.take());
    ben.frames.receive(A, ana.frames.farewell());
    expect(ben.told.silent).toEqual([A]);
    expect(ben.awareness.getStates().has(ana.client)).toBe(false);
    const cleo = person();
    ben.frames.receive(B, cleo.frames.take());
    ben.frames.leave(B);
    expect(ben.awareness.getStates().has(cleo.client)).toBe(false);
  });

  it('S3: nobody speaks for another session, for several, or for this page', () => {
    const ana = person();
    const ben = person();
    const eve = person();
    ben.frames.receive(A, ana.frames.take());
    ana.awareness.setLocalState({ user: { name: 'forged' } });
    const forged = encodeAwarenessUpdate(ana.awareness, [ana.client]);
    expect(() => ben.frames.receive(B, forged)).toThrow(WireError);
    expect(() => ben.frames.receive(B, encodeAwarenessUpdate(ben.awareness, [ben.client]))).toThrow(
      WireError,
    );
    eve.frames.receive(A, ana.frames.take());
    const both = encodeAwarenessUpdate(eve.awareness, [eve.client, ana.client]);
    expect(() => ben.frames.receive(B, both)).toThrow(WireError);
    expect(ben.frames.userOf(A)).toEqual({});
  });

  it('W5: any bytes are an update or throw a WireError', () => {
    const { frames } = person();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        try {
          frames.receive(A, bytes);
        } catch (error) {
          if (!(error instanceof WireError)) throw error;
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('W1: a state that would not fit in a frame is not told, and that is said', () => {
    const { awareness, frames, told } = person();
    awareness.setLocalState({ text: 'x'.repeat(3_000) });
    expect(frames.take().length).toBe(0);
    expect(told.large[0]).toBeGreaterThan(3_000);
  });
});
