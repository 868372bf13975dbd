import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeBirth } from '../element/birth.js';
import { REGISTERS } from '../element/register.js';
import { boardOf, put, stroke } from '../testing/boards.js';
import { bornValue } from './record.js';
import { type StrokeScan, scanStroke } from './scan-birth.js';

const birthBy = (author: string): Uint8Array => {
  const board = boardOf(7, { user: author, clock: () => 1_000 });
  const id = put(board, stroke(3, 4));
  return board.doc.getMap<Uint8Array>('b').get(id)!;
};
const BIRTHS = [birthBy('ana'), birthBy('Zoë'), birthBy('')];

const newScan = (): StrokeScan => ({ x: 0, y: 0, width: 0, height: 0, penWidth: 0, order: '' });

/** A scan that says yes must say what unpacking says. */
const check = (bytes: Uint8Array): boolean => {
  const scan = newScan();
  if (!scanStroke(bytes, scan)) return false;
  const birth = decodeBirth(bytes);
  expect(birth).toMatchObject({ kind: 'stroke', ink: expect.any(Uint8Array) });
  expect(bornValue(birth!, REGISTERS.position)).toEqual([scan.x, scan.y]);
  expect(bornValue(birth!, REGISTERS.size)).toEqual([scan.width, scan.height]);
  expect(bornValue(birth!, REGISTERS.width)).toBe(scan.penWidth);
  expect(bornValue(birth!, REGISTERS.order)).toBe(scan.order);
  expect(bornValue(birth!, REGISTERS.parent)).toBeNull();
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

it('D7: an author that is no text makes no stroke', () => {
  const bytes = birthBy('ana');
  bytes[bytes.indexOf('n'.charCodeAt(0))] = 0xc3;
  expect(decodeBirth(bytes)).toBeNull();
  expect(scanStroke(bytes, newScan())).toBe(false);
});
