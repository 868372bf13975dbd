import type { Element, ElementId, NewElement } from '@inkwire/core';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { type CanvasTab, type PageOptions, useCanvasPages } from './canvas-browser.js';

/** One person at one board, with what the tests of editing do and ask. */
export interface EditingTab extends CanvasTab {
  /** Puts elements on the board as somebody else would, and returns their ids. */
  put(...elements: readonly NewElement[]): Promise<ElementId[]>;
  /** The elements as they are on the board, in paint order; ink as a list. */
  elements(): Promise<Element[]>;
  element(id: ElementId): Promise<Element>;
  selection(): Promise<readonly ElementId[]>;
  select(...ids: readonly ElementId[]): Promise<void>;
  /** Presses, moves through the points and lifts; with keys held from the start. */
  drag(path: readonly Point[], options?: DragOptions): Promise<void>;
  click(
    point: Point,
    options?: { readonly keys?: readonly string[]; readonly count?: number },
  ): Promise<void>;
  press(...keys: readonly string[]): Promise<void>;
}

export type Point = readonly [number, number];

export interface DragOptions {
  readonly keys?: readonly string[];
  /** Leaves the button down. */
  readonly hold?: boolean;
}

/**
 * One page for the tests of a file, and a fresh board for each. Nothing may have been thrown in it when a test ends.
 *
 * @param element whether the board is an `<inkwire-board>`.
 */
export function useEditing(
  options: PageOptions & { readonly element?: boolean } = {},
): EditingTab & { readonly tab: CanvasTab } {
  const pages = useCanvasPages();
  const editing = {} as EditingTab & { tab: CanvasTab };
  beforeAll(async () => {
    const tab = await pages.open({ width: 900, height: 600, ...options });
    Object.assign(editing, tab, actions(tab.page), { tab });
  });
  beforeEach(async () => {
    await editing.page.mouse.move(0, 0);
    await editing.page.evaluate(async (element) => {
      const { core, mount, mountElement, presence } = window.canvasPage;
      window.canvasPage.board = core.createBoard({ user: 'ana' });
      presence.show([]);
      if (element) await mountElement();
      else mount({ presence });
      window.canvasPage.view?.setTool('select');
      window.canvasPage.view?.focus();
    }, options.element ?? false);
  });
  afterEach(() => expect(editing.errors).toEqual([]));
  return editing;
}

function actions(page: Page): Omit<EditingTab, keyof CanvasTab> {
  const elements = () =>
    page.evaluate(() => JSON.parse(JSON.stringify([...window.canvasPage.board.elements()])) as Element[]);

  async function holding(keys: readonly string[], act: () => Promise<void>): Promise<void> {
    for (const key of keys) await page.keyboard.down(key);
    await act();
    for (const key of keys) await page.keyboard.up(key);
  }

  return {
    elements,
    put: (...made) =>
      // Unknown on the way: what the page's functions take is unpacked type by type, without end for elements in elements.
      page.evaluate((made: unknown) => {
        const { core, board } = window.canvasPage;
        const change = core.addElements(board, made as readonly NewElement[]);
        board.commit(change, { undo: 'none' });
        return [...change.births.keys()];
      }, made as unknown),
    async element(id) {
      const found = (await elements()).find((each) => each.id === id);
      if (found === undefined) throw new Error(`${id} is not on the board.`);
      return found;
    },
    selection: () => page.evaluate(() => window.canvasPage.view!.selection),
    select: (...ids) => page.evaluate((ids) => window.canvasPage.view!.select(ids), ids),
    drag: ([first, ...rest], { keys = [], hold = false } = {}) =>
      holding(keys, async () => {
        if (first === undefined) return;
        await page.mouse.move(...first);
        await page.mouse.down();
        for (const point of rest) await page.mouse.move(...point, { steps: 2 });
        if (!hold) await page.mouse.up();
      }),
    click: ([x, y], { keys = [], count = 1 } = {}) =>
      holding(keys, () => page.mouse.click(x, y, { clickCount: count })),
    async press(...keys) {
      for (const key of keys) await page.keyboard.press(key);
    },
  };
}

/** A filled rectangle. */
export function box(x: number, y: number, width = 100, height = 80, more: object = {}): NewElement {
  return { kind: 'shape', position: [x, y], size: [width, height], fill: '#ffd43b', ...more } as NewElement;
}
