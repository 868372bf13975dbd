import * as Y from 'yjs';

/** The layout that most boards on Yjs have: a map of elements, each a map with a key for each field. */
export interface NestedMapBoard {
  readonly doc: Y.Doc;
  add(id: string, fields: Readonly<Record<string, unknown>>): void;
  move(id: string, x: number, y: number): void;
  color(id: string, color: string): void;
}

export const createNestedMapBoard = (doc = new Y.Doc()): NestedMapBoard => {
  const elements = doc.getMap<Y.Map<unknown>>('elements');
  return {
    doc,
    add(id, fields) {
      elements.set(id, new Y.Map(Object.entries(fields)));
    },
    move(id, x, y) {
      const element = elements.get(id);
      doc.transact(() => {
        element?.set('x', x);
        element?.set('y', y);
      });
    },
    color: (id, color) => elements.get(id)?.set('color', color),
  };
};

/** What such a board reads to know where its elements are. */
export const boxesOf = (doc: Y.Doc): [string, number, number, number, number][] => {
  const boxes: [string, number, number, number, number][] = [];
  for (const [id, element] of doc.getMap<Y.Map<number>>('elements')) {
    const [x = 0, y = 0, width = 0, height = 0] = ['x', 'y', 'width', 'height'].map((name) =>
      element.get(name),
    );
    boxes.push([id, x, y, x + width, y + height]);
  }
  return boxes;
};
