import type { Entry, Sequence, SessionId } from '@inkwire/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { sameContent } from '../testing/drawing.js';
import { type Author, type FeedScene, joinAsAuthor, openFeed } from '../testing/feed-scene.js';
import { type Rig, startRig } from '../testing/rig.js';
import { memoryStore, type OpenStore, type Orphan, type StoredEntry } from './store.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());

/** Longer than the longest that an entry waits for its witness. */
const WITNESS_MS = 20_001;

/** Longer than what an earlier visit built on may take to come. */
const CAUSES_MS = 60_001;

/** What a browser has kept of an earlier visit, and what it is given to keep now. */
const orphaned = (orphan: Orphan): { store: OpenStore; kept: StoredEntry[] } => {
  const kept: StoredEntry[] = [];
  let found = false;
  const store: OpenStore = (source) => ({
    ...memoryStore(source),
    adopt: async () => {
      if (found) return [];
      found = true;
      return [orphan];
    },
    addOwn: async (entries) => void kept.push(...entries),
  });
  return { store, kept };
};

const orphanOf = ({ session, doc }: Author, entries: readonly Entry[]): Orphan => ({
  session,
  client: doc.clientID,
  entries,
});

/** What the log has: the document, and whose entries. */
const readLog = async ({ server }: Author, channel: string): Promise<{ doc: Y.Doc; of: SessionId[] }> => {
  const doc = new Y.Doc();
  const of: SessionId[] = [];
  for await (const part of server.read(channel, 0 as Sequence, '')) {
    if (part.type !== 'row') continue;
    Y.applyUpdate(doc, part.entry.update);
    of.push(part.entry.session);
  }
  return { doc, of };
};

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
    expect((await readLog(ana, channel)).of).toEqual([ana.session, ben.session]);
    expect(page.errors).toEqual([]);
    await page.stop();
  });

  describe('F5: an earlier visit that built on what was not saved', () => {
    const scene = async (channel: string) => {
      const [ana, ben] = await Promise.all([
        joinAsAuthor(rig, channel, 'ana'),
        joinAsAuthor(rig, channel, 'ben'),
      ]);
      const cause = ben.change((doc) => doc.getText('t').insert(0, 'cause'));
      Y.applyUpdate(ana.doc, cause.update);
      const changes = [
        ana.change((doc) => {
          doc.getText('t').insert(5, ', effect');
          doc.getMap('m').set('beside', 1);
        }),
        ana.change((doc) => doc.getMap('m').set('after', 2)),
      ];
      const { store, kept } = orphaned(orphanOf(ana, changes));
      const page = openFeed(rig, channel, 'ana', { store });
      await page.until(() => page.feed.level && page.feed.access === 'write' && page.feed.waiting === 2);
      return { ana, ben, cause, page, kept };
    };

    it('waits for that, and is saved whole when it comes', async () => {
      const channel = 'presence-board-feed-late-causes';
      const { ana, ben, cause, page } = await scene(channel);
      const { epoch, head, entries } = await ben.server.append(channel, [cause]);
      page.feed.receipt({ epoch, head, entries: entries.map(([session, n, seq]) => [seq, session, n]) });
      page.clock.advance(1_000);
      await page.until(() => page.doc.getMap('m').size === 2);
      page.clock.advance(1_000);
      await page.until(() => page.feed.waiting === 0);
      const log = await readLog(ana, channel);
      expect(log.doc.getText('t').toString()).toBe('cause, effect');
      expect([log.of.length, page.errors]).toEqual([3, []]);
      await page.stop();
    });

    it('is saved without it, and told of, when nobody brings that', async () => {
      const channel = 'presence-board-feed-no-causes';
      const { ana, page, kept } = await scene(channel);
      page.clock.advance(CAUSES_MS / 2);
      expect([page.doc.getMap('m').size, page.errors]).toEqual([0, []]);
      page.clock.advance(CAUSES_MS / 2);
      expect(page.doc.getMap('m').toJSON()).toEqual({ beside: 1, after: 2 });
      expect(page.errors).toEqual(['orphan']);
      expect(kept.map(({ n }) => n)).toEqual([1]);
      page.clock.advance(1_000);
      await page.until(() => page.feed.waiting === 0);
      const log = await readLog(ana, channel);
      expect(log.of).toEqual([ana.session, ana.session]);
      expect(sameContent(log.doc, page.doc)).toBe(true);
      await page.stop();
    });

    it('stays in the browser, and is told of, when nothing of it can be saved', async () => {
      const channel = 'presence-board-feed-gap';
      const ana = await joinAsAuthor(rig, channel, 'ana');
      ana.change((doc) => doc.getText('t').insert(0, 'a'));
      const { store } = orphaned(orphanOf(ana, [ana.change((doc) => doc.getText('t').insert(1, 'b'))]));
      const page = openFeed(rig, channel, 'ana', { store });
      await page.until(() => page.feed.level && page.feed.access === 'write' && page.feed.waiting === 1);
      page.clock.advance(CAUSES_MS);
      expect([page.feed.waiting, page.errors]).toEqual([0, ['orphan']]);
      page.doc.getMap('m').set('mine', 1);
      page.clock.advance(1_000);
      await page.until(() => page.feed.waiting === 0);
      expect((await readLog(ana, channel)).doc.getMap('m').size).toBe(1);
      await page.stop();
    });
  });
});
