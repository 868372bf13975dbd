import type { RegisterName } from './register.js';

/** What makes one kind of element different from another. */
export interface Kind {
  /** The registers it has besides those of every element. */
  readonly registers: readonly RegisterName[];
  /** Whether it carries a text that people write together (D10). */
  readonly text: boolean;
}

/** The registers of every element, in the order in which an {@link Element} lists them. */
export const BASE_REGISTERS = [
  'position',
  'size',
  'rotation',
  'order',
  'parent',
  'locked',
  'color',
  'opacity',
] as const satisfies readonly RegisterName[];

const LETTERING = ['font', 'fontSize', 'align'] as const;
const LINE = [
  'points',
  'routing',
  'startBinding',
  'endBinding',
  'startHead',
  'endHead',
  'width',
  'dash',
  'fill',
] as const;

export const KINDS = {
  stroke: { registers: ['tool', 'width', 'cuts'], text: false },
  shape: {
    registers: ['form', 'width', 'fill', 'dash', 'radius', 'verticalAlign', ...LETTERING],
    text: true,
  },
  line: { registers: LINE, text: false },
  arrow: { registers: LINE, text: false },
  text: { registers: ['fit', ...LETTERING], text: true },
  sticky: { registers: ['verticalAlign', 'votes', ...LETTERING], text: true },
  image: { registers: ['source', 'naturalSize', 'crop'], text: false },
  frame: { registers: ['title', 'fill'], text: false },
  group: { registers: [], text: false },
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;

/** Kinds by the number that stands for them in a birth, from 1 on. The list only grows at its end. */
export const KIND_NUMBERS: readonly KindName[] = [
  'stroke',
  'shape',
  'line',
  'arrow',
  'text',
  'sticky',
  'image',
  'frame',
  'group',
];

export const isKindName = (name: string): name is KindName => Object.hasOwn(KINDS, name);
