import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeBirth } from '../element/birth.js';
import { boundsOf } from '../element/bounds.js';
import { NO_BOX } from '../element/geometry/box.js';
import type { ElementId } from '../element/id.js';
import { boardOf, put, stroke } from '../testing/boards.js';
import { readElement } from './read-element.js';
import { createRecord } from './record.js';
import { scanStroke } from './scan-birth.js';
import { boxOfScan, createStrokeScan, strokeOfScan } from './stroke-scan.js';

const ID = 'abcdefghijkl' as ElementId;

const birthBy = (author: string, more: object = {}): Uint8Array => {
  const board = boardOf(7, { user: author, clock: () => 1_000 });
  const id = put(board, { ...stroke(3, 4), ...more });
  return board.doc.getMap<Uint8Array>('b').get(id)!;
};
const MARKED = { tool: 'highlighter', color: '#01a0ff', opacity: 0.5, width: 24, locked: true } as const;
const BIRTHS = [birthBy('ana'), birthBy('Zoë'), birthBy(''), birthBy('ana', MARKED), birthBy('ö'.repeat(99))];

/** A scan that says yes must say what unpacking says. */
const check = (bytes: Uint8Array): boolean => {
  const scan = createStrokeScan();
  if (!scanStroke(bytes, scan)) return false;
  const record = { ...createRecord(ID), birth: bytes };
  const element = readElement(record, { kinds: new Map(), runs: () => [] });
  expect(strokeOfScan(ID, bytes, scan)).toEqual(element);
  expect(boxOfScan(scan, { ...NO_BOX })).toEqual(boundsOf(element!));
  return true;
};

it('D2: strokes as they are made are scanned, whatever their authors are called', () => {
  for (const bytes of BIRTHS) expect(check(bytes)).toBe(true);
});

it('D7: a scan finds what unpacking finds, or leaves it to that, whatever is wrong in the bytes', () => {
  const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 });
  fc.assert(
    fc.property(fc.constantFrom(...BIRTHS), damage, fc.nat(3), (birth, changes, cut) => {
      const bytes = birth.slice(0, birth.length - cut);
      for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
      check(bytes);
    }),
    { numRuns: 3_000 },
  );
});

it('D7: what is said twice is as it was said last', () => {
  const marked = BIRTHS[3]!;
  const [color, ink] = [0x63, 1];
  expect(check(Uint8Array.from([...marked, color, 1, ink]))).toBe(true);
});

it('D7: an order that is longer than its field is none', () => {
  const order = `a${'1'.repeat(199)}`;
  const field = [0x6f, 201, 1, order.length, ...new TextEncoder().encode(order)];
  check(Uint8Array.from([...BIRTHS[0]!, ...field]));
});

it('D7: a field without bytes, or with what its register has no value for, is as unpacking finds it', () => {
  const codes = [0x63, 0x6f, 0x70, 0x73, 0x7a, 0x77, 0x69, 0x6c, 0x61, 0x74];
  for (const birth of [BIRTHS[0]!, BIRTHS[3]!])
    for (const code of codes)
      for (const field of [[0], [1, 2], [1, 200], [2, 0, 0], [2, 1, 1]])
        for (const after of [[], [0x61, 1, 9]]) check(Uint8Array.from([...birth, code, ...field, ...after]));
});

it('D7: an author that is no text makes no stroke', () => {
  const bytes = birthBy('ana');
  bytes[bytes.indexOf('n'.charCodeAt(0))] = 0xc3;
  expect(decodeBirth(bytes)).toBeNull();
  expect(scanStroke(bytes, createStrokeScan())).toBe(false);
});
