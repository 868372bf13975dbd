import type { RegisterName } from './register.js';

/** What makes one kind of element different from another. */
export interface Kind {
  /** The registers it has besides those of every element. */
  readonly registers: readonly RegisterName[];
  /** Whether it carries a text that people write together, and since when (D10): few lines are ever written on. */
  readonly text: 'from birth' | 'once written' | 'never';
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
  'font',
  'fontSize',
  'labelSize',
] as const;

export const KINDS = {
  stroke: { registers: ['tool', 'width', 'cuts'], text: 'never' },
  shape: {
    registers: ['form', 'width', 'fill', 'dash', 'radius', 'verticalAlign', ...LETTERING],
    text: 'from birth',
  },
  line: { registers: LINE, text: 'once written' },
  arrow: { registers: LINE, text: 'once written' },
  text: { registers: ['fit', ...LETTERING], text: 'from birth' },
  sticky: { registers: ['verticalAlign', 'votes', ...LETTERING], text: 'from birth' },
  image: { registers: ['source', 'naturalSize', 'crop'], text: 'never' },
  frame: { registers: ['title', 'fill'], text: 'never' },
  group: { registers: [], text: 'never' },
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
