import assert from 'node:assert/strict';
import { createPage, type Page, put, type Send } from './page.js';

/** Somebody who draws without end, hands in again what was not answered, and remembers what was. */
export interface Author {
  readonly page: Page;
  /** The sequence that the server answered, for each number. */
  readonly answered: ReadonlyMap<number, number>;
  /** Ends the drawing; resolves when the last entry is answered. */
  stop(): Promise<void>;
}

/** Starts an author, whose requests may fail at any time: each is repeated until it is answered with 200. */
export const startAuthor = async (send: Send, user: string, channel: string): Promise<Author> => {
  const page = createPage(send, user, channel);
  await retried(() => page.join());
  const answered = new Map<number, number>();
  let drawing = true;
  const work = async (): Promise<void> => {
    while (drawing) {
      const entry = page.draw(put(`${user}/${answered.size % 50}`, answered.size));
      const { answer } = await retried(async () => {
        const appended = await page.append([entry]);
        if (appended.status === 200) return appended;
        throw Object.assign(new Error(JSON.stringify(appended.answer)), { status: appended.status });
      });
      for (const [, n, seq] of answer.entries) answered.set(n, seq);
    }
  };
  const done = work();
  return {
    page,
    answered,
    async stop() {
      drawing = false;
      await done;
    },
  };
};

const RETRY_MS = 20;
const MOST_TRIES = 3_000;

/** Repeats what fails for want of a server, or of its database; everything else is a failure of the test. */
export const retried = async <T>(attempt: () => Promise<T>): Promise<T> => {
  for (let tries = 0; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      const { status } = error as { status?: number };
      if ((status !== undefined && status !== 503 && status !== 429) || tries > MOST_TRIES) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
};

export const answeredBy = (authors: readonly Author[]): number =>
  authors.reduce((sum, author) => sum + author.answered.size, 0);

/** Resolves when the authors have got `count` more answers. */
export const progress = async (authors: readonly Author[], count: number): Promise<void> => {
  const goal = answeredBy(authors) + count;
  const deadline = Date.now() + 120_000;
  while (answeredBy(authors) < goal) {
    assert.ok(Date.now() < deadline, `The authors have ${answeredBy(authors)} answers, not ${goal}.`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
};

/** Every answered entry of every author is in the log, once, where the answer said, and there is nothing else. */
export const assertAllThere = async (authors: readonly Author[]): Promise<void> => {
  const [{ page }] = authors as [Author];
  const { rows, header } = await page.pull();
  assert.equal(header.head, answeredBy(authors));
  assert.deepEqual(
    rows.map((row) => row.seq),
    rows.map((_, index) => index + 1),
  );
  for (const author of authors) {
    const own = rows.filter((row) => row.session === author.page.session);
    assert.deepEqual(
      own.map((row) => [row.n, row.seq]),
      [...author.answered],
    );
  }
};
