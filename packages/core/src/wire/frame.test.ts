import fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import { describe, expect, it } from 'vitest';
import { type Entry, SEAL_LENGTH, type Sequence, type SessionId, sessionId } from './entry.js';
import {
  decodeFrame,
  encodeFrame,
  FRAME_EVENT,
  type Frame,
  frameData,
  MAX_BINARY_FRAME_BYTES,
  MAX_FRAME_BYTES,
  readFrameData,
} from './frame.js';
import { WireError } from './wire-error.js';

const numbered = fc.record({
  n: fc.integer({ min: 1, max: 0xffffffff }),
  update: fc.uint8Array({ maxLength: 300 }),
  seal: fc.uint8Array({ minLength: SEAL_LENGTH, maxLength: SEAL_LENGTH }),
});

const frame: fc.Arbitrary<Frame> = fc
  .record({
    session: fc.stringMatching(/^[0-9A-Za-z]{12}$/).map(sessionId),
    epoch: fc.string({ maxLength: 36 }),
    synced: fc.nat(Number.MAX_SAFE_INTEGER).map((count) => count as Sequence),
    entries: fc.array(numbered, { maxLength: 8 }),
    awareness: fc.uint8Array({ maxLength: 200 }),
    presence: fc.uint8Array({ maxLength: 200 }),
  })
  .map(({ entries, ...rest }) => ({
    ...rest,
    entries: entries.map((entry): Entry => ({ session: rest.session, ...entry })),
  }));

const empty = (session: SessionId): Frame => ({
  session,
  epoch: '',
  synced: 0 as Sequence,
  entries: [],
  awareness: new Uint8Array(0),
  presence: new Uint8Array(0),
});

const isTotal = (read: () => unknown): boolean => {
  try {
    read();
    return true;
  } catch (error) {
    return error instanceof WireError;
  }
};

describe('frame', () => {
  it('W1: decodes to what was encoded, through the JSON of an event too', () => {
    fc.assert(
      fc.property(frame, (value) => {
        expect(decodeFrame(encodeFrame(value))).toEqual(value);
        expect(readFrameData(JSON.parse(JSON.stringify(frameData(encodeFrame(value)))))).toEqual(value);
      }),
      { numRuns: 300 },
    );
  });

  it('W5: any bytes, and any data of an event, decode or throw a WireError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => isTotal(() => decodeFrame(bytes))),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(fc.anything(), (data) => isTotal(() => readFrameData(data))),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (f) => isTotal(() => readFrameData({ f }))),
      { numRuns: 2_000 },
    );
  });

  it('W5: a frame that is cut, lengthened or changed in one byte decodes or throws a WireError', () => {
    fc.assert(
      fc.property(frame, fc.nat(), fc.nat(255), (value, at, byte) => {
        const bytes = encodeFrame(value);
        const changed = bytes.slice();
        changed[at % bytes.length] = byte;
        expect(isTotal(() => decodeFrame(changed))).toBe(true);
        expect(() => decodeFrame(bytes.subarray(0, at % bytes.length))).toThrow(WireError);
        expect(() => decodeFrame(new Uint8Array([...bytes, byte]))).toThrow(WireError);
      }),
      { numRuns: 500 },
    );
  });

  it('W5: a frame that promises billions of entries fails at once', () => {
    const encoder = encoding.createEncoder();
    encoding.writeUint8(encoder, 1);
    encoding.writeVarString(encoder, 'aB3aB3aB3aB3');
    encoding.writeVarString(encoder, '');
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarUint(encoder, 2 ** 40);
    expect(() => decodeFrame(encoding.toUint8Array(encoder))).toThrow(WireError);
  });

  it('W1: the largest binary frame leaves a whole message of at most 9,000 bytes on the longest channel name', () => {
    const message = {
      event: FRAME_EVENT,
      channel: 'presence-board-'.padEnd(164, 'x'),
      data: frameData(new Uint8Array(MAX_BINARY_FRAME_BYTES)),
    };
    expect(new TextEncoder().encode(JSON.stringify(message)).length).toBeLessThanOrEqual(MAX_FRAME_BYTES);
  });

  it('W5: refuses another version and an oversize frame', () => {
    const bytes = encodeFrame(empty(sessionId('aB3aB3aB3aB3')));
    bytes[0] = 7;
    expect(() => decodeFrame(bytes)).toThrow(/version 1, not 7/);
    expect(() => readFrameData({ f: 'A'.repeat(MAX_FRAME_BYTES + 4) })).toThrow(/at most 9000/);
  });
});
