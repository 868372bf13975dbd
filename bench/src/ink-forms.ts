import type { InkPoint } from '@inkwire/core';

type Stroke = readonly Required<Pick<InkPoint, 'x' | 'y' | 'pressure'>>[];

/** A way to keep the points of a stroke, written here after what an application does. */
export interface InkForm {
  readonly name: string;
  pack(stroke: Stroke): string;
  /** The points, ready to be drawn. */
  unpack(packed: string): { x: number; y: number; pressure: number }[];
}

/** Thousandths of a pixel, as the sample drawings have them. */
const short = (value: number): number => Math.round(value * 1_000) / 1_000;

export const json: InkForm = {
  name: 'JSON',
  pack: (stroke) => JSON.stringify(stroke.map(({ x, y, pressure }) => [short(x), short(y), pressure])),
  unpack: (packed) =>
    (JSON.parse(packed) as [number, number, number][]).map(([x, y, pressure]) => ({ x, y, pressure })),
};

/** `points` relative to the element's `x` and `y`, and `pressures`, in the element's JSON. */
export const excalidraw: InkForm = {
  name: "Excalidraw's form",
  pack(stroke) {
    const { x, y } = stroke[0] ?? { x: 0, y: 0 };
    return JSON.stringify({
      x,
      y,
      points: stroke.map((point) => [short(point.x - x), short(point.y - y)]),
      pressures: stroke.map(({ pressure }) => pressure),
    });
  },
  unpack(packed) {
    const { x, y, points, pressures } = JSON.parse(packed) as {
      x: number;
      y: number;
      points: [number, number][];
      pressures: number[];
    };
    return points.map(([dx, dy], index) => ({ x: x + dx, y: y + dy, pressure: pressures[index] ?? 0.5 }));
  },
};

/** The first point as three float32, the differences of the others as three float16 each, all in base64. */
export const tldraw: InkForm = {
  name: "tldraw's form",
  pack(stroke) {
    const [first] = stroke;
    if (first === undefined) return '';
    const bytes = new DataView(new ArrayBuffer(12 + 6 * (stroke.length - 1)));
    for (const [index, axis] of AXES.entries()) bytes.setFloat32(4 * index, first[axis], true);
    // Differences are taken from what will be read, so that rounding does not add up.
    const read = { ...first };
    stroke.slice(1).forEach((point, index) => {
      AXES.forEach((axis, column) => {
        const half = toFloat16(point[axis] - read[axis]);
        read[axis] += FLOAT16[half] ?? 0;
        bytes.setUint16(12 + 6 * index + 2 * column, half, true);
      });
    });
    return Buffer.from(bytes.buffer).toString('base64');
  },
  unpack(packed) {
    const buffer = Buffer.from(packed, 'base64');
    if (buffer.length === 0) return [];
    const bytes = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
    let [x, y, pressure] = [bytes.getFloat32(0, true), bytes.getFloat32(4, true), bytes.getFloat32(8, true)];
    const points = [{ x, y, pressure }];
    for (let at = 12; at < buffer.length; at += 6) {
      x += FLOAT16[bytes.getUint16(at, true)]!;
      y += FLOAT16[bytes.getUint16(at + 2, true)]!;
      pressure += FLOAT16[bytes.getUint16(at + 4, true)]!;
      points.push({ x, y, pressure });
    }
    return points;
  },
};

const AXES = ['x', 'y', 'pressure'] as const;

/** What each half-precision float stands for (IEEE 754 binary16; infinities and NaN left out). */
const FLOAT16 = Float64Array.from({ length: 1 << 16 }, (_, bits) => {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
});

/** The bits of the nearest half-precision float. */
const toFloat16 = (value: number): number => {
  const sign = value < 0 ? 0x8000 : 0;
  const size = Math.min(65_504, Math.abs(value));
  const exponent = Math.max(-14, Math.floor(Math.log2(size || 2 ** -24)));
  const steps = Math.round(size / 2 ** (exponent - 10));
  // A carry out of the fraction goes on into the exponent, as it should.
  return sign | (exponent === -14 && steps < 1024 ? steps : ((exponent + 15) << 10) + steps - 1024);
};
