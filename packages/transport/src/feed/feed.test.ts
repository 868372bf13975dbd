import type { Entry, Sequence } from '@inkwire/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { type FeedScene, joinAsAuthor, openFeed } from '../testing/feed-scene.js';
import { type Rig, startRig } from '../testing/rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());

/** Longer than the longest that an entry waits for its witness. */
const WITNESS_MS = 20_001;

/** A page that has read the log and may write to it. */
const ready = async (channel: string): Promise<FeedScene> => {
  const scene = openFeed(rig, channel, 'cleo');
  await scene.until(() => scene.feed.level && scene.feed.access === 'write');
  return scene;
};

/** What leaves after time has passed has left after this. */
const left = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('feed', () => {
  it('F8, F9: what waited for its cause until the log brought that is handed in by who has it', async () => {
    const channel = 'presence-board-feed-witness';
    const [ana, ben, page] = await Promise.all([
      joinAsAuthor(rig, channel, 'ana'),
      joinAsAuthor(rig, channel, 'ben'),
      ready(channel),
    ]);
    const cause = ana.change((doc) => doc.getText('t').insert(0, 'cause'));
    Y.applyUpdate(ben.doc, cause.update);
    const effect = ben.change((doc) => doc.getText('t').insert(5, ', effect'));

    // The frame with the cause got lost, and whoever made the effect is gone.
    page.feed.receive([effect]);
    const { epoch, head, entries } = await ana.server.append(channel, [cause]);
    page.feed.receipt({ epoch, head, entries: entries.map(([session, n, seq]) => [seq, session, n]) });
    page.clock.advance(1_000);
    await page.until(() => page.doc.getText('t').toString() === 'cause, effect');
    expect(page.appends).toEqual([]);

    page.clock.advance(WITNESS_MS);
    await left();
    expect(page.appends).toEqual([[`${ben.session}/1`]]);
    await page.until(() => page.feed.synced === 2);
    const log: Entry[] = [];
    for await (const part of ana.server.read(channel, 0 as Sequence, ''))
      if (part.type === 'row') log.push(part.entry);
    expect(log.map(({ session }) => session)).toEqual([ana.session, ben.session]);
    expect(page.errors).toEqual([]);
    await page.stop();
  });
});
