import { expect, it } from 'vitest';
import { readAddress, safeAddress } from './link-address.js';

it.each([
  ['https://example.com/a?b#c', 'https://example.com/a?b#c'],
  [' http://localhost:8080 ', 'http://localhost:8080'],
  ['mailto:ana@example.com', 'mailto:ana@example.com'],
  ['example.com', 'https://example.com'],
  ['example.com:8080/way', 'https://example.com:8080/way'],
  ['bücher.example/käse', 'https://bücher.example/käse'],
  ['ana@example.com', 'mailto:ana@example.com'],
])('%s leads to %s', (typed, address) => {
  expect(readAddress(typed)).toBe(address);
});

it.each([
  '',
  'word',
  'two words.com',
  'javascript:alert(1)',
  'JAVASCRIPT:alert(1)//example.com',
  'data:text/html,hello',
  'file:///etc/passwd',
  'https://',
  '//example.com',
  `https://example.com/${'a'.repeat(2_000)}`,
])('%s leads nowhere', (typed) => {
  expect(readAddress(typed)).toBeNull();
});

it('opens only what is safe, whoever wrote it', () => {
  expect(safeAddress('https://example.com/')).toBe('https://example.com/');
  for (const address of [
    'example.com',
    ' https://example.com',
    'java\nscript:alert(1)',
    'blob:https://example.com/1',
  ])
    expect(safeAddress(address)).toBeNull();
});
