import { describe, expect, it } from 'vitest';
import { imageFacts, isSvg } from './image-type.js';

const text = (value: string) => new TextEncoder().encode(value);
const bytes = (...values: (number | string)[]) =>
  Uint8Array.from(
    values.flatMap((value) =>
      typeof value === 'number' ? [value] : [...value].map((sign) => sign.charCodeAt(0)),
    ),
  );

describe('imageFacts', () => {
  it('reads what a picture is from its bytes, and how large', () => {
    const png = bytes('\x89PNG\r\n\x1a\n', 0, 0, 0, 13, 'IHDR', 0, 0, 1, 0x2c, 0, 0, 0, 7);
    expect(imageFacts(png)).toEqual({ type: 'image/png', size: [300, 7] });
    expect(imageFacts(bytes('GIF89a', 0x2c, 1, 5, 0))).toEqual({ type: 'image/gif', size: [300, 5] });
    // A segment of four bytes, then the frame: precision 8, 5 high, 300 wide.
    const jpeg = bytes(0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc2, 0, 11, 8, 0, 5, 1, 0x2c, 3);
    expect(imageFacts(jpeg)).toEqual({ type: 'image/jpeg', size: [300, 5] });
    const webp = bytes('RIFF', 0, 0, 0, 0, 'WEBPVP8X', 10, 0, 0, 0, 0, 0, 0, 0, 0x2b, 1, 0, 4, 0, 0);
    expect(imageFacts(webp)).toEqual({ type: 'image/webp', size: [300, 5] });
    expect(imageFacts(bytes(0, 0, 0, 28, 'ftypavif'))?.type).toBe('image/avif');
  });

  it('knows SVG behind declarations and comments, and takes no page for one', () => {
    expect(imageFacts(text('<?xml version="1.0"?>\n<!-- a --><!DOCTYPE svg>\n<svg xmlns="">'))?.type).toBe(
      'image/svg+xml',
    );
    expect(imageFacts(text('<html><svg></svg></html>'))).toBeNull();
    expect(imageFacts(text('<svgx>'))).toBeNull();
    expect(isSvg('<ns0:svg xmlns:ns0="http://www.w3.org/2000/svg">')).toBe(true);
    // As Illustrator and CorelDRAW begin their files.
    const entities = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd" [ <!ENTITY a "b"> ]>';
    expect(isSvg(`\uFEFF<?xml version="1.0"?> ${entities}\n<!-- Creator: x --><svg width="1">`)).toBe(true);
  });

  it('S5: reads the beginning of a text in one way only, whatever somebody put there: in all ways it would not end', () => {
    for (const part of ['<!---->', '<!--', '<?>', '<!DOCTYPE []>', '<!DOCTYPE ', '<!DOCTYPE [', ' ']) {
      expect(imageFacts(text(`${part.repeat(9000)}x`))).toBeNull();
    }
  });

  it('takes nothing for a picture that is none, and fails on no bytes', () => {
    for (let length = 0; length < 40; length++) {
      expect(imageFacts(new Uint8Array(length).fill(0xff))?.type ?? 'image/jpeg').toBe('image/jpeg');
      expect(imageFacts(bytes('RIFF....WEBPVP8L').subarray(0, length))?.size ?? null).toBeNull();
    }
    expect(imageFacts(text('{"error": "not found"}'))).toBeNull();
  });
});
