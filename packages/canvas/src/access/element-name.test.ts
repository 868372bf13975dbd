import { addElements, createBoard, type ElementId, type NewElement, newElementId } from '@inkwire/core';
import { expect, it } from 'vitest';
import { colorName } from './color-name.js';
import { accessibleName } from './element-name.js';

function nameOf(element: NewElement, others: readonly NewElement[] = [], user = 'ana'): string {
  const board = createBoard({ user });
  const id = newElementId();
  board.commit(addElements(board, [...others, { ...element, id }]));
  const made = board.get(id);
  if (made === undefined) throw new Error('There is nothing.');
  return accessibleName(user === 'ana' ? made : { ...made, author: user }, {
    board: { ...board, user: 'ana', get: board.get, recall: board.recall, children: board.children },
    nameOf: (each) => (each === 'ben' ? 'Ben' : null),
    visible: () => ({ minX: 0, minY: 0, maxX: 900, maxY: 600 }),
  });
}

const place = { position: [0, 0], size: [100, 100] } as const;

it('says what it is and says, its colour, where it is and who made it', () => {
  expect(nameOf({ kind: 'sticky', ...place, text: 'Buy\n milk', color: '#ffd43b' })).toBe(
    'Sticky note “Buy milk”, yellow, top left, by you',
  );
  expect(
    nameOf(
      { kind: 'shape', form: 'ellipse', position: [850, 550], size: [10, 10], fill: '#e03131' },
      [],
      'ben',
    ),
  ).toBe('Ellipse, red, bottom right, by Ben');
  expect(
    nameOf(
      { kind: 'stroke', tool: 'highlighter', points: [{ x: 450, y: 300 }], color: '#69db7c' },
      [],
      'someone',
    ),
  ).toBe('Highlighter stroke, light green, middle centre');
});

it('says what is written on an arrow', () => {
  const points = [
    [400, 300],
    [500, 300],
  ] as const;
  expect(nameOf({ kind: 'arrow', points, text: 'depends on' })).toBe(
    'Arrow “depends on”, middle centre, by you',
  );
});

it('says what arrows are tied to, what holds it, and that it is locked', () => {
  const [a, b, frame] = [newElementId(), newElementId(), newElementId()] as [ElementId, ElementId, ElementId];
  const others: NewElement[] = [
    { kind: 'frame', id: frame, position: [0, 0], size: [500, 500], title: 'Plan' },
    { kind: 'shape', id: a, ...place, text: 'start' },
    { kind: 'text', id: b, position: [200, 0], size: [10, 10], text: 'end' },
  ];
  const points = [
    [50, 50],
    [1200, -900],
  ] as const;
  expect(
    nameOf(
      {
        kind: 'arrow',
        points,
        parent: frame,
        locked: true,
        startBinding: { element: a, anchor: [0.5, 0.5] },
        endBinding: { element: b, anchor: [0.5, 0.5] },
      },
      others,
    ),
  ).toBe('Arrow, from Rectangle “start”, to Text “end”, top left, in Frame “Plan”, locked, by you');
});

it('says which way to go to what is not on the screen', () => {
  expect(nameOf({ kind: 'text', position: [-500, 2000], size: [10, 10], text: 'x' })).toMatch(
    /off screen below and to the left/,
  );
});

it('calls colours as people do', () => {
  const colors = {
    '#e03131': 'red',
    '#1971c2': 'blue',
    '#2f9e44': 'green',
    '#f08c00': 'orange',
    '#ffd43b': 'yellow',
    '#9c36b5': 'purple',
    '#000000': 'black',
    '#ffffff': 'white',
    '#868e96': 'grey',
    '#a5d8ff': 'light blue',
    '#0c8599': 'turquoise',
    '#846358': 'brown',
    '#e64980': 'pink',
    ink: null,
  };
  expect(Object.fromEntries(Object.keys(colors).map((color) => [color, colorName(color)]))).toEqual(colors);
});
