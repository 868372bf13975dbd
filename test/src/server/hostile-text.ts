import fc from 'fast-check';

/** Text that has broken servers: of SQL, of paths, of numbers, of alphabets. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    "'; drop schema inkwire cascade; --",
    '../../../etc/passwd',
    '..%2f..%2fetc',
    '%00',
    '\u0000',
    '\ud800',
    'presence-board-\u0000',
    "presence-board-' or '1'='1",
    '$1',
    'null',
    '{}',
    '[]',
    '-1',
    '1e400',
    'NaN',
    '9007199254740993',
    '9'.repeat(400),
  ),
);
