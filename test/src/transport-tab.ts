import type { Status } from '@inkwire/transport';
import type { BrowserContext, Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import type {} from './transport-page/main.js';
import type { TransportSystem } from './transport-system.js';

/** One tab with boards open, driven from outside. */
export interface TransportTab {
  readonly page: Page;
  draw(board: string): Promise<string>;
  elements(board: string): Promise<string[]>;
  /** When an element was first there, ms since the epoch. */
  seenAt(board: string, element: string): Promise<number | undefined>;
  status(board: string): Promise<Status>;
  /** Waits until the board's status is what it should be. */
  reaches(board: string, expected: Partial<Status>): Promise<void>;
  has(board: string, element: string): Promise<void>;
  errors(): Promise<string[]>;
  /** Waits until the browser has stored so many entries. */
  keeps(count: number): Promise<void>;
}

/** In the page: how many entries its databases hold. */
async function countStored(): Promise<number> {
  let count = 0;
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name ?? '');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const request = database.transaction('entries').objectStore('entries').count();
    await new Promise((resolve) => {
      request.onsuccess = resolve;
    });
    count += request.result;
    database.close();
  }
  return count;
}

/** How long tabs may take, and how often they are asked, ms. */
export const patience = { timeout: 60_000, interval: 20 };

export async function openTab(
  context: BrowserContext,
  system: TransportSystem,
  person: string,
  boards: readonly string[],
  project?: string,
): Promise<TransportTab> {
  const page = await context.newPage();
  await page.goto(system.address(person, boards, project));
  await page.waitForFunction(() => 'transportPage' in window);
  const tab: TransportTab = {
    page,
    draw: (board) => page.evaluate((id) => window.transportPage.boards[id]!.draw(), board),
    elements: (board) =>
      page.evaluate(
        (id) => [...window.transportPage.boards[id]!.board.elements()].map((element) => element.id),
        board,
      ),
    seenAt: (board, element) =>
      page.evaluate(([id, of]) => window.transportPage.boards[id]!.seen[of], [board, element] as const),
    status: (board) => page.evaluate((id) => window.transportPage.boards[id]!.connection.status, board),
    reaches: async (board, expected) => {
      await vi.waitFor(async () => expect(await tab.status(board)).toMatchObject(expected), patience);
    },
    has: async (board, element) => {
      await vi.waitFor(async () => expect(await tab.elements(board)).toContain(element), patience);
    },
    keeps: async (stored) => {
      await vi.waitFor(async () => expect(await page.evaluate(countStored)).toBe(stored), patience);
    },
    errors: () =>
      page.evaluate(() => Object.values(window.transportPage.boards).flatMap(({ errors }) => errors)),
  };
  return tab;
}
