import type { KindPainter } from '@inkwire/canvas';
import {
  addElements,
  type Board,
  createBoard,
  DASHES,
  defineKind,
  type ElementId,
  HEADS,
  type NewElement,
  newElementId,
  pasteElements,
  pathAlong,
  ROUTINGS,
  SHAPE_FORMS,
  vote,
} from '@inkwire/core';

/** A kind of an app's own: a dial with a hand. */
const dial = defineKind({ name: 'test.dial', registers: { value: { initial: 0 } } });

const paintDial: KindPainter = (surface, element, { theme, fade }) => {
  const [width, height] = element.size;
  const middle = [width / 2, height / 2] as const;
  const around = (angle: number, reach: number) =>
    [middle[0] + Math.cos(angle) * width * reach, middle[1] + Math.sin(angle) * height * reach] as const;
  const rim = pathAlong(
    Array.from({ length: 48 }, (_, i) => around((i / 48) * 2 * Math.PI, 0.48)),
    true,
  );
  const ink = { color: theme.ink, opacity: fade, blend: 'normal' } as const;
  surface.fillPath(rim, { ...ink, opacity: 0.12 * fade });
  surface.strokePath(rim, { width: 2, dashes: [] }, ink);
  const hand = around(Number(element.values.value) * 2 * Math.PI, 0.4);
  surface.strokePath(pathAlong([middle, hand]), { width: 3, dashes: [] }, { ...ink, color: '#e03131' });
};

const PICTURE =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAABgAAAAQCAIAAACDRijCAAAApElEQVR42q3MMQrCQBCF4XccT2LjDXIDb2BlZRVSWFlZWVlZBYSAEAgIgiAIind4h9CFgWFYF5MxC1+zb3d/LGpmgeWRWWDV0Ov9LIQdUZ7oohWhO9YtXaKQ7th0dIlCumN7ppdW7IjdhVlgf+W3aVWI5G0SDjdamrCiN0mo7xTJhKUvg8l8Zo8Bmkd/wgoJK3wX+Dthta9hoR8JhfGJntDwhPgAfni7KRT4FdwAAAAASUVORK5CYII=';

/** How large the part of the page is that the gallery is on. */
const SIZE = { width: 800, height: 600 };

/** A board with everything that a board can show. */
export interface Gallery {
  readonly size: typeof SIZE;
  readonly painters: Readonly<Record<string, KindPainter>>;
  /** @param letters whether there is text on it: fonts are other ones on every machine. */
  create(letters: boolean): Board;
}

function wave(x: number, y: number, width: number, height: number, count = 60) {
  return Array.from({ length: count }, (_, i) => ({
    x: x + (i / (count - 1)) * width,
    y: y + Math.round(height * Math.sin(i / 5)),
    pressure: 0.25 + 0.5 * (i / count),
  }));
}

function shapes(text: (value: string) => { text?: string }): NewElement[] {
  const colors = ['ink', '#e03131', '#1971c2', '#2f9e44'];
  const fills = ['#d0ebff', 'none', '#ffec99', '#d3f9d8'];
  return SHAPE_FORMS.map((form, i) => ({
    kind: 'shape',
    form,
    position: [16 + (i % 6) * 84, 16 + Math.floor(i / 6) * 74],
    size: [i === 8 ? -70 : 70, 60],
    width: 1 + (i % 4),
    radius: i % 3 === 0 ? 8 : 0,
    rotation: i % 5 === 4 ? 0.4 : 0,
    dash: DASHES[i % 3]!,
    color: colors[i % 4]!,
    fill: fills[i % 4]!,
    fontSize: 14,
    align: 'center',
    verticalAlign: 'center',
    ...text(form.slice(0, 4)),
  }));
}

function lines(first: ElementId, second: ElementId): NewElement[] {
  const ends: NewElement[] = HEADS.slice(1).map((head, i) => ({
    kind: 'arrow',
    points: [
      [540, 24 + i * 26],
      [640, 40 + i * 26],
    ],
    startHead: HEADS[(i % 5) + 1]!,
    endHead: head,
    width: 1 + i * 0.8,
    color: ['ink', '#e03131', '#1971c2'][i % 3]!,
  }));
  const ways: NewElement[] = ROUTINGS.map((routing, i) => ({
    kind: 'arrow',
    routing,
    points: [
      [670, 30 + i * 44],
      [700, 60 + i * 44],
      [735, 20 + i * 44],
      [780, 50 + i * 44],
    ],
    dash: DASHES[i]!,
    width: 2,
    endHead: 'triangle',
  }));
  const bound: NewElement = {
    kind: 'arrow',
    routing: 'elbow',
    points: [
      [150, 250],
      [280, 330],
    ],
    startBinding: { element: first, anchor: [0.5, 0.5] },
    endBinding: { element: second, anchor: [0.5, 0.5] },
    width: 2.5,
    color: '#7048e8',
  };
  return [...ends, ...ways, bound];
}

function create(letters: boolean): Board {
  let seed = 7;
  const random = (length: number) =>
    Uint8Array.from({ length }, () => {
      seed = (seed * 48271) % 2147483647;
      return seed & 255;
    });
  const board = createBoard({ user: 'ana', kinds: [dial], random, clock: () => 1_700_000_000_000 });
  const [first, second, frame] = [newElementId(random), newElementId(random), newElementId(random)];
  const text = (value: string) => (letters ? { text: value } : {});
  const elements: NewElement[] = [
    ...shapes(text),
    {
      kind: 'sticky',
      id: first,
      position: [20, 190],
      size: [120, 120],
      fontSize: 18,
      ...text('One log,\nmany screens: it shrinks to fit, and responsibility stays whole'),
    },
    {
      kind: 'sticky',
      id: second,
      position: [270, 250],
      size: [110, 110],
      color: '#364fc7',
      rotation: 0.08,
      align: 'center',
      verticalAlign: 'center',
      font: 'sans',
      ...text('Dark paper, light ink'),
    },
    ...lines(first, second),
    {
      kind: 'frame',
      id: frame,
      position: [400, 200],
      size: [180, 130],
      ...(letters && { title: 'A frame with a title that is too long' }),
    },
    {
      kind: 'shape',
      form: 'ellipse',
      parent: frame,
      position: [360, 280],
      size: [90, 90],
      fill: '#ffc9c9',
      width: 3,
    },
    {
      kind: 'stroke',
      tool: 'highlighter',
      parent: frame,
      color: '#ffd43b',
      width: 18,
      opacity: 0.7,
      points: wave(480, 260, 140, 20),
    },
    { kind: 'image', position: [600, 190], size: [90, 60], source: PICTURE, naturalSize: [24, 16] },
    {
      kind: 'image',
      position: [700, 190],
      size: [-80, 60],
      source: PICTURE,
      naturalSize: [24, 16],
      crop: [0.5, 0, 1, 0.75],
      rotation: 0.15,
      opacity: 0.8,
    },
    { kind: 'custom', definition: dial, position: [600, 265], size: [64, 64], values: { value: 0.9 } },
    { kind: 'stroke', width: 7, color: 'ink', points: wave(30, 380, 330, 24) },
    { kind: 'stroke', width: 5, color: '#c2255c', opacity: 0.5, points: wave(30, 400, 330, -24) },
    {
      kind: 'stroke',
      tool: 'highlighter',
      color: '#ffd43b',
      width: 26,
      opacity: 0.6,
      points: wave(30, 450, 330, 6),
    },
    {
      kind: 'stroke',
      tool: 'highlighter',
      color: '#4dabf7',
      width: 22,
      opacity: 0.6,
      points: wave(200, 380, 160, 50),
    },
    {
      kind: 'line',
      points: [
        [410, 360],
        [470, 420],
        [400, 430],
      ],
      fill: '#b2f2bb',
      width: 3,
      color: '#2f9e44',
    },
  ];
  if (letters) {
    elements.push(
      {
        kind: 'text',
        position: [500, 345],
        size: [280, 91],
        rotation: 0.06,
        font: 'sans',
        fontSize: 5,
        text: Array.from(
          { length: 14 },
          (_, i) => `Line ${i} of a long text, of which a tile holds a part`,
        ).join('\n'),
      },
      {
        kind: 'text',
        position: [400, 450],
        size: [380, 60],
        fit: 'width',
        font: 'sans',
        fontSize: 17,
        text: [
          { insert: 'Plain, ' },
          { insert: 'bold', attributes: { bold: true } },
          { insert: ', ' },
          { insert: 'italic', attributes: { italic: true } },
          { insert: ', ' },
          { insert: 'underlined', attributes: { underline: true } },
          { insert: ', ' },
          { insert: 'struck', attributes: { strike: true } },
          { insert: ', ' },
          { insert: 'a link', attributes: { link: 'https://example.com' } },
          { insert: ', ' },
          { insert: 'let code = 1', attributes: { code: true } },
          { insert: ' and ' },
          { insert: 'colour', attributes: { color: '#e03131' } },
        ],
      },
      {
        kind: 'text',
        position: [400, 515],
        size: [380, 30],
        font: 'serif',
        fontSize: 17,
        text: 'Hebrew שלום עולם and 今天天气很好 👩🏽‍🚀 ✨',
      },
      { kind: 'text', position: [30, 440], size: [300, 26], fontSize: 20, text: 'Marked words, by hand' },
      {
        kind: 'text',
        position: [30, 545],
        size: [700, 26],
        font: 'mono',
        fontSize: 14,
        text: 'mono: x => x + 1 // <&> "quoted"',
      },
    );
  }
  board.commit(addElements(board, elements));
  board.commit(vote(board, first, letters ? 3 : 0));
  board.commit(
    pasteElements(board, [
      {
        id: newElementId(random),
        kind: 'acme.future',
        author: 'ana',
        createdAt: 1,
        values: { position: [700, 265], size: letters ? [84, 64] : [84, 30] },
      },
    ]),
  );
  return board;
}

declare global {
  interface Window {
    gallery: Gallery;
  }
}
window.gallery = { size: SIZE, painters: { 'test.dial': paintDial }, create };
