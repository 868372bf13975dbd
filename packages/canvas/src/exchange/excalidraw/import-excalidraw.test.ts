import { existsSync, readdirSync, readFileSync } from 'node:fs';
import {
  addElements,
  createBoard,
  type Element,
  type LineElement,
  type NewElement,
  pathOfLine,
  plainText,
} from '@inkwire/core';
import { describe, expect, it } from 'vitest';
import { boundsOfNew, type Imported } from '../imported.js';
import { excalidrawSteps, importExcalidraw } from './import-excalidraw.js';

const sample = (name: string): string =>
  readFileSync(new URL(`../../testing/excalidraw/${name}`, import.meta.url), 'utf8');

/** What the board shows of what came in, in paint order. */
function onBoard({ elements }: Imported): Element[] {
  const board = createBoard();
  board.commit(addElements(board, elements));
  const shown = [...board.elements()];
  board.destroy();
  return shown;
}

const counts = (remarks: Imported['remarks']) =>
  Object.fromEntries(remarks.map(({ code, count }) => [code, count]));

const kinds = (elements: readonly { kind: string }[]) => {
  const found: Record<string, number> = {};
  for (const { kind } of elements) found[kind] = (found[kind] ?? 0) + 1;
  return found;
};

const textOf = (element: Element | undefined): string =>
  element !== undefined && 'text' in element ? plainText(element.text) : '';

describe('a drawing', () => {
  const drawing = importExcalidraw(sample('every-kind.excalidraw'));
  const shown = onBoard(drawing);
  const at = (x: number, y: number, kind: string): Element => {
    const found = shown.find(
      ({ position, kind: its }) => position[0] === x && position[1] === y && its === kind,
    );
    if (found === undefined) throw new Error(`There is no ${kind} at ${x}, ${y}.`);
    return found;
  };

  it('comes in with every kind of element, and says what it could not carry over', () => {
    expect(kinds(shown)).toEqual({
      shape: 7,
      line: 3,
      arrow: 3,
      stroke: 2,
      text: 2,
      image: 1,
      frame: 1,
      group: 2,
    });
    expect(counts(drawing.remarks)).toEqual({
      roughness: 18,
      hatching: 1,
      head: 2,
      binding: 1,
      font: 1,
      picture: 1,
      embed: 1,
      translucent: 1,
      link: 1,
      kind: 1,
      empty: 2,
      color: 1,
      value: 1,
      'app-data': 1,
    });
    for (const { message } of drawing.remarks) expect(message).toMatch(/^[A-Z].*\.$/);
  });

  it('keeps outlines, fills, dashes, corners, turns and what may not be changed', () => {
    expect(at(0, 0, 'shape')).toMatchObject({
      form: 'rectangle',
      size: [200, 100],
      color: 'ink',
      fill: '#ffc9c9',
      width: 2,
      radius: 25,
      opacity: 1,
    });
    expect(at(400, 0, 'shape')).toMatchObject({
      form: 'ellipse',
      color: '#1971c2',
      fill: '#a5d8ff',
      dash: 'dashed',
    });
    expect(at(400, 0, 'shape').rotation).toBeCloseTo(0.5, 3);
    expect(at(400, 0, 'shape').opacity).toBeCloseTo(0.5, 2);
    expect(at(420, 20, 'shape')).toMatchObject({ form: 'diamond', dash: 'dotted', radius: 10 });
    expect(at(0, 400, 'text').locked).toBe(true);
    expect(at(0, -60, 'line')).toMatchObject({ width: 0, fill: '#ff0000' });
    expect(at(500, 90, 'line')).toMatchObject({ routing: 'curve', fill: 'none', color: 'ink' });
  });

  it('writes a label into the shape that it was bound to, as it was typed', () => {
    const house = at(0, 0, 'shape');
    expect(textOf(house)).toBe('A house with a long name');
    expect(house).toMatchObject({ font: 'sans', fontSize: 16, align: 'center', verticalAlign: 'center' });
  });

  it('writes a label on the arrow that it was bound to', () => {
    const way = shown.find((element) => element.kind === 'arrow' && textOf(element) !== '');
    expect(way).toMatchObject({ text: [{ insert: 'a way' }], font: 'hand', fontSize: 20, startHead: 'dot' });
    const [width, height] = (way as LineElement).labelSize;
    expect(width).toBeGreaterThan(40);
    expect(height).toBe(26);
  });

  it('what is written on an arrow without a way becomes a text of its own, and says so', () => {
    const box = { x: 10, y: 20, width: 30, height: 25 };
    const elements = [
      { ...box, id: 'way', type: 'arrow', points: [[0, 0]] },
      { ...box, id: 'name', type: 'text', text: 'nowhere', containerId: 'way' },
    ];
    const imported = importExcalidraw(JSON.stringify({ type: 'excalidraw', elements }));
    expect(onBoard(imported).map(textOf)).toEqual(['nowhere']);
    expect(counts(imported.remarks)).toEqual({ empty: 1, label: 1 });
  });

  it('keeps texts with font, size, side, link and the width that was set by hand', () => {
    expect(at(0, 400, 'text')).toMatchObject({
      text: [{ insert: 'two\nlines', attributes: { link: 'https://example.com/' } }],
      font: 'mono',
      fontSize: 20,
      align: 'end',
      fit: 'content',
    });
    expect(textOf(at(200, 400, 'text'))).toBe('broken into lines');
    expect(at(200, 400, 'text')).toMatchObject({ fit: 'width', font: 'sans', size: [90, 75] });
  });

  it('ties arrows to what they were tied to, without changing where they go', () => {
    const way = shown.find((element) => element.kind === 'arrow' && element.startHead === 'dot');
    if (way?.kind !== 'arrow') throw new Error('There is no arrow.');
    expect(way.startBinding?.element).toBe(at(0, 0, 'shape').id);
    expect(way.endBinding?.element).toBe(at(400, 0, 'shape').id);
    expect(way.endHead).toBe('triangle');
    const path = pathOfLine(way, (id) => shown.find((element) => element.id === id));
    const [start, end] = [path[0]?.at(-1), path.at(-1)?.at(-1)] as [[number, number], [number, number]];
    // From house to pond along the way it was drawn: y falls by 10 on 180.
    expect((end[1] - start[1]) / (end[0] - start[0])).toBeCloseTo(-10 / 180, 2);
    expect(start[0]).toBeCloseTo(205, 0);
    const bend = shown.find((element) => element.kind === 'arrow' && element.routing === 'elbow');
    expect(bend).toMatchObject({ endBinding: null, endHead: 'arrow' });
    expect(bend?.kind === 'arrow' && bend.startBinding?.anchor).toEqual([0.5, 0.5]);
  });

  it('keeps the pressure of a pen, and turns its points where the drawing was turned', () => {
    const [sign] = drawing.elements.filter((element) => element.kind === 'stroke');
    if (sign?.kind !== 'stroke') throw new Error('There is no stroke.');
    expect(sign.points.map(({ pressure }) => pressure)).toEqual([0.2, 0.5, 0.9, 0.4]);
    expect(sign.points[0]?.x).toBeCloseTo(30);
    expect(sign.points[0]?.y).toBeCloseTo(340);
    expect(sign.points[3]?.x).toBeCloseTo(0);
  });

  it('paints what a hand-drawn loop encloses beneath its line', () => {
    const loop = shown.findIndex(({ kind, position }) => kind === 'stroke' && position[0] === 100);
    expect(shown[loop - 1]).toMatchObject({ kind: 'line', width: 0, fill: '#ffffff' });
  });

  it('mirrors and crops pictures', () => {
    const [photo] = shown.filter((element) => element.kind === 'image');
    expect(photo).toMatchObject({ size: [-40, 20], naturalSize: [4, 2], crop: [0.25, 0, 0.75, 1] });
    expect(photo?.source).toMatch(/^data:image\/png/);
  });

  it('nests groups, leaves out those of a single element, and puts frames around what they hold', () => {
    const [pond, stone, reed] = [at(400, 0, 'shape'), at(420, 20, 'shape'), at(500, 90, 'line')];
    const inner = shown.find(({ id }) => id === pond.parent);
    expect(stone.parent).toBe(inner?.id);
    expect(inner?.kind).toBe('group');
    expect(reed.parent).toBe(inner?.parent);
    expect(at(0, -60, 'line').parent).toBe(null);
    const frame = shown.find(({ kind }) => kind === 'frame');
    expect(frame).toMatchObject({ title: 'Plan', position: [600, 0] });
    expect(at(620, 20, 'shape').parent).toBe(frame?.id);
    expect(shown[0]?.id).toBe(frame?.id);
  });
});

describe('a library', () => {
  it('comes in side by side, each item as one group', () => {
    const { elements, remarks } = importExcalidraw(sample('items.excalidrawlib'));
    const [tree, stone] = [
      elements.filter(({ parent }) => parent != null),
      elements.filter(({ parent }) => parent == null),
    ];
    expect(kinds(tree)).toEqual({ shape: 1, line: 1 });
    expect(kinds(stone)).toEqual({ group: 1, shape: 1 });
    expect(boundsOfNew(tree)).toEqual({ minX: 0, minY: 0, maxX: 60, maxY: 100 });
    expect(boundsOfNew(stone)).toEqual({ minX: 108, minY: 0, maxX: 168, maxY: 60 });
    expect(counts(remarks)).toEqual({ 'item-name': 1, roughness: 3 });
  });

  it('of the first version comes in too: bare lists, lines drawn by hand without pressure, boxes drawn leftwards', () => {
    const shown = onBoard(importExcalidraw(sample('old.excalidrawlib')));
    expect(kinds(shown)).toEqual({ group: 1, shape: 1, stroke: 1, text: 1, arrow: 1 });
    expect(shown.find(({ kind }) => kind === 'shape')).toMatchObject({
      position: [0, 0],
      size: [50, 30],
      radius: 7.5,
    });
    expect(shown.find(({ kind }) => kind === 'arrow')).toMatchObject({ endHead: 'arrow', startHead: 'none' });
  });

  const folder = new URL('../../../../../../shared/data/excalidraw/', import.meta.url);
  const files = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.endsWith('.excalidrawlib'))
    : [];

  it.skipIf(files.length === 0)(
    'real ones come in completely (skipped where ../shared/data/excalidraw is not)',
    () => {
      for (const file of files) {
        const text = readFileSync(new URL(file, folder), 'utf8');
        const { libraryItems, library } = JSON.parse(text) as Record<
          string,
          ({ elements?: unknown[] } & unknown[])[]
        >;
        const sources = (libraryItems ?? library ?? []).flatMap((item) => item.elements ?? item) as Record<
          string,
          unknown
        >[];
        const ids = new Set(sources.map(({ id }) => id));
        const labels = sources.filter(
          ({ type, containerId }) => type === 'text' && containerId != null && ids.has(containerId),
        );
        const imported = importExcalidraw(text);
        const made = kinds(onBoard(imported));
        const of = (...types: string[]) => sources.filter(({ type }) => types.includes(String(type))).length;
        expect.soft(made.shape, file).toBe(of('rectangle', 'ellipse', 'diamond'));
        expect.soft(made.stroke ?? 0, file).toBe(of('freedraw', 'draw'));
        expect.soft(made.arrow ?? 0, file).toBe(of('arrow'));
        expect.soft(made.text, file).toBe(of('text') - labels.length);
        // Loops that were drawn by hand and filled bring a line for what they enclose.
        expect.soft(made.line, file).toBeGreaterThanOrEqual(of('line'));
        const { kind, empty, picture, value } = counts(imported.remarks);
        expect
          .soft([kind, empty, picture, value], file)
          .toEqual([undefined, undefined, undefined, undefined]);
      }
    },
  );
});

describe('a large drawing', () => {
  it('says how far it is, piece by piece', () => {
    const elements = Array.from({ length: 20_000 }, (_, i) => ({
      type: 'ellipse',
      id: `e${i}`,
      x: i,
      y: 0,
      width: 5,
      height: 5,
    }));
    const steps = excalidrawSteps(JSON.stringify({ type: 'excalidraw', elements }));
    const told: number[] = [];
    let made: readonly NewElement[] = [];
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) {
        made = step.value.elements;
        break;
      }
      told.push(step.value);
    }
    expect(made).toHaveLength(20_000);
    expect(told).toHaveLength(40);
    expect(told.at(-1)).toBe(1);
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });
});
