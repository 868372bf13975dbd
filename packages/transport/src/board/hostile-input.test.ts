import {
  createBoard,
  type Entry,
  encodeFrame,
  FRAME_EVENT,
  type Frame,
  frameData,
  moveElements,
  newElementId,
  RECEIPT_EVENT,
  SEAL_LENGTH,
  type Sequence,
  type SessionId,
} from '@inkwire/core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { systemClock } from '../clock.js';
import { createConnection } from '../connection/connection.js';
import type { LiveChannel } from '../connection/live-channel.js';
import { createServerClient } from '../feed/server-client.js';
import { converged, draw, until } from '../testing/drawing.js';
import { createFastClock } from '../testing/fast-clock.js';
import { type Client, createManualPage, type Rig, startRig } from '../testing/rig.js';

let rig: Rig;
const ends: (() => void)[] = [];
beforeAll(async () => {
  // More than hosted Pusher lets through: who means no good is in a hurry.
  rig = await startRig({ limits: { clientEventsPerSecond: 100 } });
});
afterEach(async () => {
  for (const end of ends.splice(0)) end();
  await rig.endClients();
  rig.roles.clear();
});
afterAll(() => rig.close());

let boards = 0;
/** How far ana's clock is ahead, ms. */
let ahead = 0;

interface Scene {
  readonly ana: Client;
  readonly channel: string;
  /** A member of the board who speaks the protocol and means no good. */
  readonly eve: LiveChannel;
}

const scene = async (role: 'write' | 'read' = 'write'): Promise<Scene> => {
  boards += 1;
  const board = `hostile-${boards}`;
  const channel = `presence-board-${board}`;
  rig.roles.set('eve', role);
  const ana = rig.client(board, {
    clock: { now: () => systemClock.now() + ahead, after: systemClock.after },
  });
  const { pusher, ...rest } = rig.options('eve');
  const { authorize, signIn } = createServerClient({ ...rest, fetch, clock: systemClock });
  const connection = createConnection({
    pusher,
    authorize,
    signIn,
    clock: systemClock,
    random: Math.random,
    page: createManualPage(),
  });
  ends.push(() => connection.close());
  const nothing = (): void => {};
  const eve = await new Promise<LiveChannel>((resolve) => {
    const opened = connection.open(channel, [], {
      onChange: nothing,
      onSubscribed: () => resolve(opened),
      onMemberRemoved: nothing,
      onEvent: nothing,
      onComplaint: nothing,
      onError: nothing,
    });
  });
  await until(
    [ana],
    'both here',
    () => ana.connection.status.participants === 2 && ana.connection.status.level,
  );
  return { ana, channel, eve };
};

const nothing = new Uint8Array(0);
const newSession = (): SessionId => newElementId() as string as SessionId;
const frame = (fields: Partial<Frame>): object =>
  frameData(
    encodeFrame({
      session: newSession(),
      epoch: '',
      synced: 0 as Sequence,
      entries: [],
      awareness: nothing,
      presence: nothing,
      ...fields,
    }),
  );

/** Updates of a board of one's own, one for each stroke. */
const strokes = (count: number): { updates: Uint8Array[]; ids: string[] } => {
  const board = createBoard({ user: 'eve' });
  const updates: Uint8Array[] = [];
  board.doc.on('update', (update: Uint8Array) => updates.push(update));
  const ids = Array.from({ length: count }, () => draw(board));
  return { updates, ids };
};
const entry = (session: SessionId, n: number, update: Uint8Array): Entry => ({
  session,
  n,
  update,
  seal: new Uint8Array(SEAL_LENGTH),
});

/** Sends what is to be ignored, and waits until it was counted. */
const expectIgnored = async ({ ana, eve }: Scene, data: object): Promise<void> => {
  const before = ana.connection.status.ignored;
  expect(eve.trigger(FRAME_EVENT, data)).toBe(true);
  await until([ana], 'it is ignored', () => ana.connection.status.ignored === before + 1);
};

describe('hostile input', () => {
  it('W5: garbage, other versions and oversize frames are ignored and counted; drawing goes on', async () => {
    const at = await scene();
    const version = frame({}) as { f: string };
    const other = `Bw${version.f.slice(2)}`;
    const list: object[] = [
      {},
      { f: 7 },
      { f: '' },
      { f: 'not base64 !' },
      { f: 'AAAA' },
      { f: other },
      { f: 'A'.repeat(9_100) },
      [1, 2, 3],
      { f: { f: 'AAAA' } },
    ];
    for (const data of list) await expectIgnored(at, data);
    expect(at.ana.board.size).toBe(0);
    const id = draw(at.ana.board);
    await until([at.ana], 'saved', () => at.ana.connection.status.saving === 'saved');
    expect(at.ana.board.get(id)).toBeDefined();
    expect(at.ana.errors).toEqual([]);
  });

  it('S2: frames of a reader are ignored, whatever they carry', async () => {
    const at = await scene('read');
    const session = newSession();
    const { updates } = strokes(1);
    await expectIgnored(at, frame({ session, entries: [entry(session, 1, updates[0] as Uint8Array)] }));
    expect(at.ana.board.size).toBe(0);
    expect(at.ana.connection.presence.others(Date.now())).toEqual([]);
  });

  it("S3: nobody speaks as another session, nor as this one's", async () => {
    const at = await scene();
    await expectIgnored(at, frame({ session: at.ana.connection.session }));
    const ben = rig.client(`hostile-${boards}`, { user: 'ben' });
    ben.connection.presence.setCursor([1, 2]);
    await until([at.ana], 'ben is heard', () =>
      at.ana.connection.presence.others(Date.now()).some(({ session }) => session === ben.connection.session),
    );
    await expectIgnored(at, frame({ session: ben.connection.session }));
    const awareness = new Awareness(ben.board.doc);
    awareness.setLocalState({ user: { name: 'not ben' } });
    await expectIgnored(at, frame({ awareness: encodeAwarenessUpdate(awareness, [ben.board.doc.clientID]) }));
    awareness.destroy();
    const names = at.ana.connection.presence.others(Date.now()).map(({ user }) => user.name);
    expect(names.sort()).toEqual(['BEN', 'EVE']);
  });

  it('W5: a frame that is wrong in one part gives what is right in the others', async () => {
    const at = await scene();
    const session = newSession();
    const { updates, ids } = strokes(1);
    await expectIgnored(
      at,
      frame({
        session,
        entries: [entry(session, 1, updates[0] as Uint8Array)],
        presence: new Uint8Array([1, 99, 99, 99]),
      }),
    );
    expect(at.ana.board.get(ids[0] as never)).toBeDefined();
  });

  it('F8: an entry whose number does not follow waits; one that is no update is dropped', async () => {
    const at = await scene();
    const session = newSession();
    const { updates, ids } = strokes(3);
    const [first, second, third] = updates.map((update, index) => entry(session, index + 1, update));
    const shown = (): number => at.ana.board.size;
    at.eve.trigger(FRAME_EVENT, frame({ session, entries: [third as Entry] }));
    at.eve.trigger(FRAME_EVENT, frame({ session, entries: [second as Entry, second as Entry] }));
    at.eve.trigger(FRAME_EVENT, frame({ session: newSession(), entries: [] }));
    await until(
      [at.ana],
      'all three frames',
      () => at.ana.connection.presence.others(Date.now()).length === 2,
    );
    expect(shown()).toBe(0);
    at.eve.trigger(FRAME_EVENT, frame({ session, entries: [first as Entry] }));
    await until([at.ana], 'all three strokes', () => shown() === 3);
    expect(ids.every((id) => at.ana.board.get(id as never))).toBe(true);
    const store = at.ana.board.doc.store;
    expect([store.pendingStructs, store.pendingDs]).toEqual([null, null]);
    const other = newSession();
    at.eve.trigger(
      FRAME_EVENT,
      frame({ session: other, entries: [entry(other, 1, new Uint8Array([1, 2, 3]))] }),
    );
    await until([at.ana], 'it is reported', () => at.ana.errors.includes('undecodable'));
    expect(shown()).toBe(3);
  });

  it('W6: a client event in the name of the server is no receipt', async () => {
    const at = await scene();
    // Pusher lets clients send only names that begin with client-, so this never gets through.
    at.eve.trigger(`client-${RECEIPT_EVENT}`, { epoch: 'x', head: 99, entries: [] });
    await expectIgnored(at, {});
    expect(at.ana.connection.status.level).toBe(true);
  });

  it('L10: an update from a frame that builds on what is missing leaves nothing pending', async () => {
    const at = await scene();
    const doc = new Y.Doc();
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    doc.getText('text').insert(0, 'a');
    doc.getText('text').insert(1, 'b');
    const session = newSession();
    // The first number carries the second update: its cause is missing though its number follows.
    at.eve.trigger(FRAME_EVENT, frame({ session, entries: [entry(session, 1, updates[1] as Uint8Array)] }));
    await until([at.ana], 'eve is heard', () => at.ana.connection.presence.others(Date.now()).length === 1);
    const { store } = at.ana.board.doc;
    expect([store.pendingStructs, store.pendingDs]).toEqual([null, null]);
    expect(at.ana.board.doc.getText('text').toString()).toBe('');
  });

  it('F9: who built on what the log refuses is not held up by it: what can be without it is saved', async () => {
    boards += 1;
    const board = `hostile-${boards}`;
    const ana = rig.client(board, { clock: createFastClock(4) });
    let reachable = true;
    const flaky: typeof fetch = (input, init) =>
      reachable || init?.method !== 'POST' ? fetch(input, init) : Promise.reject(new TypeError('no network'));
    const ben = rig.client(board, { user: 'ben', fetch: flaky });
    await until([ana, ben], 'both here', () => ana.connection.status.participants === 2);
    const id = draw(ben.board);
    await converged([ana, ben]);
    reachable = false;
    ben.board.commit(moveElements(ben.board, [id], 100, 0));
    const [x] = ben.board.get(id)?.position ?? [];
    await until([ana], 'ana sees the move', () => ana.board.get(id)?.position[0] === x);
    rig.roles.set('ben', 'read');
    // Takes ben's move out of the document, which the log has never had and will not take from a reader.
    ana.board.commit(moveElements(ana.board, [id], 0, 50));
    const own = draw(ana.board);
    await until([ana], 'it is reported', () => ana.errors.includes('witness'));
    await until([ana], 'ana is saved all the same', () => ana.connection.status.saving === 'saved');
    const cleo = rig.client(board, { user: 'cleo' });
    await until([cleo], 'cleo has all of it', () => cleo.board.get(own) !== undefined);
    expect(cleo.board.get(id)?.position).toEqual(ana.board.get(id)?.position);

    // When ben may write again, the log gets his move after all: ana is told, since her document cannot take it back.
    rig.roles.delete('ben');
    reachable = true;
    ben.page.say('online');
    await until([ben], 'ben is saved', () => ben.connection.status.saving === 'saved');
    await until([ana], 'ana is told', () => ana.errors.includes('diverged'));
  });

  it('S3: a forged entry that is handed in as a witness is refused and does not hold up own work', async () => {
    const at = await scene();
    const session = newSession();
    const { updates, ids } = strokes(1);
    at.eve.trigger(FRAME_EVENT, frame({ session, entries: [entry(session, 1, updates[0] as Uint8Array)] }));
    await until([at.ana], 'shown', () => at.ana.board.get(ids[0] as never) !== undefined);
    // Old enough to be taken along with the next own change.
    ahead += 1_600;
    draw(at.ana.board);
    await until([at.ana], 'refused and reported', () => at.ana.errors.includes('witness'));
    await until([at.ana], 'it is taken away', () => at.ana.board.get(ids[0] as never) === undefined);
    await until([at.ana], 'own work is saved', () => at.ana.connection.status.saving === 'saved');
    const ben = rig.client(`hostile-${boards}`, { user: 'ben' });
    await until([ben], 'ben reads the log', () => ben.board.size === 1);
    expect(ben.board.get(ids[0] as never)).toBeUndefined();
  });
});
