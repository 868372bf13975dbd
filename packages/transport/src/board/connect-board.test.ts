import { type Board, createBoard, newElementId } from '@inkwire/core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createCountingClock } from '../testing/counting-clock.js';
import { converged, draw, until } from '../testing/drawing.js';
import { type Client, type Rig, startRig } from '../testing/rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterEach(async () => {
  await rig.endClients();
  rig.roles.clear();
});
afterAll(() => rig.close());

let boards = 0;
const nextBoard = (): string => {
  boards += 1;
  return `board-${boards}`;
};

/** `people` on a new board, each live and seeing the others. */
const together = async (...people: string[]): Promise<Client[]> => {
  const board = nextBoard();
  const clients = people.map((user) => rig.client(board, { user }));
  await until(clients, 'all live', () =>
    clients.every(
      ({ connection: { status } }) =>
        status.connection === 'live' && status.participants === people.length && status.level,
    ),
  );
  return clients;
};

const pair = async (): Promise<[Client, Client]> => (await together('ana', 'ben')) as [Client, Client];

describe('connectBoard', () => {
  it('two people draw on one board, and whoever comes later has all of it', async () => {
    const [ana, ben] = await pair();
    const first = draw(ana.board);
    const second = draw(ben.board);
    await converged([ana, ben]);
    expect(ana.board.get(second)).toEqual(ben.board.get(second));
    expect(ben.board.get(first)).toBeDefined();
    const cleo = rig.client(`board-${boards}`, { user: 'cleo' });
    await until([cleo], 'cleo sees both', () => cleo.board.size === 2);
    await converged([ana, ben, cleo]);
    expect([...ana.errors, ...ben.errors, ...cleo.errors]).toEqual([]);
  });

  it('C9: effects say who made them, live and read from the log', async () => {
    const [ana, ben] = await pair();
    const seen: (string | null)[] = [];
    ben.board.subscribe(({ user }) => seen.push(user));
    // Whoever is on the board has told who they are once their cursor is known.
    ana.connection.presence.setCursor([1, 2]);
    await until([ana, ben], 'ben meets ana', () => ben.connection.presence.others(Date.now()).length === 1);
    draw(ana.board);
    await converged([ana, ben]);
    expect(seen).toEqual(['ana']);
    const cleo = rig.client(`board-${boards}`, { user: 'cleo' });
    await until([cleo], 'cleo reads it', () => cleo.board.size === 1);
    expect(cleo.board.userOf(ana.board.writer)).toBe('ana');
  });

  it('W3: a commit is seen at once, while the server has not stored it', async () => {
    const board = nextBoard();
    let store = (): void => {};
    const held = new Promise<void>((resolve) => {
      store = resolve;
    });
    const slow: typeof fetch = async (input, init) => {
      if (init?.method === 'POST' && String(input).endsWith('/entries')) await held;
      return fetch(input, init);
    };
    const ben = rig.client(board, { user: 'ben' });
    const ana = rig.client(board, { user: 'ana', fetch: slow });
    await until([ana, ben], 'together', () =>
      [ana, ben].every(({ connection: { status } }) => status.participants === 2 && status.level),
    );
    const id = draw(ana.board);
    await until([ben], 'ben sees it', () => ben.board.get(id) !== undefined);
    expect(ana.connection.status).toMatchObject({ saving: 'saving', waiting: 1 });
    store();
    await converged([ana, ben]);
  });

  it('W2: what fits in no frame goes by the log alone', async () => {
    const [ana, ben] = await pair();
    const ids = [draw(ana.board, 30_000), draw(ana.board, 5)];
    await until([ben], 'ben sees both', () => ids.every((id) => ben.board.get(id)));
    await converged([ana, ben]);
    expect(ben.connection.status.ignored).toBe(0);
  });

  it('F1: the server stops and comes back; what was drawn meanwhile is saved then, without a reload', async () => {
    const [ana, ben] = await pair();
    await rig.stopServer();
    const ids = [draw(ana.board), draw(ben.board), draw(ana.board)];
    await until([ana, ben], 'it says so', () =>
      [ana, ben].every(({ connection: { status } }) => status.saving === 'offline' && status.waiting > 0),
    );
    await until([ana, ben], 'frames still bring it', () =>
      ids.every((id) => ana.board.get(id) && ben.board.get(id)),
    );
    await rig.startServer();
    await converged([ana, ben]);
    expect(ana.connection.status.waiting).toBe(0);
    const cleo = rig.client(`board-${boards}`, { user: 'cleo' });
    await until([cleo], 'the log has it', () => cleo.board.size === 3);
    expect([...ana.errors, ...ben.errors]).toEqual([]);
  });

  it('R1: Pusher stops and comes back; both connect by themselves and have everything', async () => {
    const [ana, ben] = await pair();
    await rig.stopPusher();
    await until([ana, ben], 'offline', () =>
      [ana, ben].every(({ connection: { status } }) => status.connection === 'offline'),
    );
    const ids = [draw(ana.board), draw(ben.board)];
    await until([ana, ben], 'saved all the same', () =>
      [ana, ben].every(({ connection: { status } }) => status.saving === 'saved'),
    );
    await rig.startPusher();
    await until([ana, ben], 'live', () =>
      [ana, ben].every(({ connection: { status } }) => status.connection === 'live'),
    );
    await converged([ana, ben]);
    expect(ids.every((id) => ana.board.get(id) && ben.board.get(id))).toBe(true);
    expect(rig.pusher.counters.read().connections.opened).toBe(2);
  });

  it('F4: one draws offline while another draws too; both are equal after the return', async () => {
    const [ana, ben] = await pair();
    let online = true;
    const flaky: typeof fetch = (input, init) =>
      online ? fetch(input, init) : Promise.reject(new TypeError('network is down'));
    const cleo = rig.client(`board-${boards}`, { user: 'cleo', fetch: flaky });
    await until([cleo], 'live', () => cleo.connection.status.connection === 'live');
    online = false;
    cleo.page.say('offline');
    const mine = [draw(cleo.board), draw(cleo.board)];
    const theirs = [draw(ana.board), draw(ben.board)];
    await until([cleo], 'offline, 2 waiting', () => {
      const { saving, waiting } = cleo.connection.status;
      return saving === 'offline' && waiting === 2;
    });
    await converged([ana, ben]);
    expect(theirs.some((id) => cleo.board.get(id))).toBe(false);
    online = true;
    cleo.page.say('online');
    await until([ana, ben, cleo], 'all have all', () =>
      [ana, ben, cleo].every(({ board }) => [...mine, ...theirs].every((id) => board.get(id))),
    );
    await converged([ana, ben, cleo]);
  });

  it('F3: what is unsaved when the page ends is handed in by a request that outlives it', async () => {
    const board = nextBoard();
    const outliving: boolean[] = [];
    const watched: typeof fetch = (input, init) => {
      if (init?.method === 'POST' && String(input).endsWith('/entries'))
        outliving.push(init.keepalive === true);
      return fetch(input, init);
    };
    const ana = rig.client(board, { fetch: watched });
    await until(
      [ana],
      'joined',
      () => ana.connection.status.access === 'write' && ana.connection.status.level,
    );
    const id = draw(ana.board);
    ana.page.say('hide');
    // The credentials may be a promise; a page that ends still gets this far.
    for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
    expect(outliving).toEqual([true]);
    const ben = rig.client(board, { user: 'ben' });
    await until([ben], 'ben has it', () => ben.board.get(id) !== undefined);
  });

  it('S2: a reader sees everything and appends nothing', async () => {
    rig.roles.set('ben', 'read');
    const [ana, ben] = await pair();
    await until([ben], 'reads', () => ben.connection.status.access === 'read');
    const id = draw(ana.board);
    await until([ben], 'ben sees it', () => ben.board.get(id) !== undefined);
    draw(ben.board);
    await until([ben], 'it says that it is not saved', () => ben.connection.status.saving === 'offline');
    const second = draw(ana.board);
    await until([ben], 'still reading', () => ben.board.get(second) !== undefined);
    await until([ana], 'saved', () => ana.connection.status.saving === 'saved');
    expect(ana.board.size).toBe(2);
    expect(ben.board.size).toBe(3);
  });

  it('R3: without access nothing is shown and nothing is lost; the status and one error say so', async () => {
    rig.roles.set('eve', null);
    const eve = rig.client(nextBoard(), { user: 'eve' });
    draw(eve.board);
    await until([eve], 'refused', () => eve.connection.status.access === 'none' && eve.errors.length > 0);
    expect(eve.connection.status).toMatchObject({ saving: 'offline', waiting: 1 });
    expect(eve.errors).toContain('forbidden');
    rig.roles.set('eve', 'write');
    eve.page.say('online');
    await until([eve], 'saved', () => eve.connection.status.saving === 'saved');
  });

  it('R3: revoked access ends in the status, and what is unsaved is kept until it is granted again', async () => {
    const [ana, ben] = await pair();
    draw(ben.board);
    await converged([ana, ben]);
    rig.roles.set('ben', null);
    await rig.server.revoke('ben');
    const kept = draw(ben.board);
    await until([ben], 'ben is told', () => ben.connection.status.access === 'none' && ben.errors.length > 0);
    expect(ben.connection.status).toMatchObject({ saving: 'offline', waiting: 1 });
    expect(ben.errors).toEqual(['forbidden']);
    await until([ana], 'ben is gone', () => ana.connection.status.participants === 1);
    draw(ana.board);
    rig.roles.set('ben', 'write');
    ben.page.say('visible');
    await until([ana], 'ana has it', () => ana.board.get(kept) !== undefined);
    await converged([ana, ben]);
  });

  it('P1, P3: a cursor moves on the other screen, and leaves it, at the latest with its page', async () => {
    const [ana, ben] = await pair();
    ana.connection.presence.setTool('pen');
    ana.connection.presence.setCursor([10, 20]);
    const seen = () => ben.connection.presence.others(Date.now() + 1_000)[0];
    await until([ben], 'the cursor', () => seen()?.cursor?.[0] === 10);
    expect(seen()).toMatchObject({
      cursor: [10, 20],
      tool: 'pen',
      user: { id: 'ana', name: 'ANA', color: '#336699' },
    });
    ana.connection.presence.setCursor(null);
    await until([ben], 'no cursor', () => seen() !== undefined && seen()?.cursor === null);
    const start = performance.now();
    ana.page.say('offline');
    await until([ben], 'ana is gone', () => ben.connection.presence.others(Date.now()).length === 0);
    // With `member_removed`, long before her silence would tell.
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(ben.connection.awareness.getStates().size).toBe(1);
  });

  it('P2: live ink has the id of the stroke that it becomes, and is gone when that is there', async () => {
    const [ana, ben] = await pair();
    const id = newElementId();
    const look = { id, tool: 'pen', color: '#cc0000', width: 3, opacity: 1 } as const;
    const points = Array.from({ length: 50 }, (_, index) => ({ x: index, y: index * 2, pressure: 0.5 }));
    for (let count = 10; count <= 50; count += 10)
      ana.connection.presence.drawLive({ ...look, points: points.slice(0, count) });
    const seen = () => ben.connection.presence.others(Date.now() + 1_000)[0]?.liveInk[0];
    await until([ben], 'all points', () => seen()?.points.length === 50);
    expect(seen()).toMatchObject(look);
    expect(seen()?.points.at(-1)?.x).toBeCloseTo(49, 1);
    ana.board.doc.transact(() => {
      draw(ana.board, 5, id);
    });
    ana.connection.presence.endLive(id);
    await until([ben], 'the element', () => ben.board.get(id) !== undefined);
    expect(seen()).toBeUndefined();
  });

  it('destroy() leaves nothing behind: no timer, listener or connection', async () => {
    const clock = createCountingClock();
    const ben = rig.client(nextBoard(), { user: 'ben' });
    const ana = rig.client(`board-${boards}`, { clock });
    const openSockets = (): number => rig.pusher.counters.rates().filter(({ open }) => open).length;
    const listenersOf = ({ doc }: Board): number =>
      [...doc._observers.values()].reduce((count, listeners) => count + listeners.size, 0);
    await until([ana, ben], 'together', () => ben.connection.status.participants === 2);
    ana.connection.presence.setCursor([1, 1]);
    draw(ana.board);
    draw(ben.board);
    await converged([ana, ben]);
    ana.connection.presence.drawLive({
      id: newElementId(),
      tool: 'pen',
      color: 'ink',
      width: 2,
      opacity: 1,
      points: [{ x: 1, y: 1 }],
    });
    expect(clock.waiting).toBeGreaterThan(0);
    expect(openSockets()).toBe(2);
    expect(listenersOf(ana.board)).toBeGreaterThan(listenersOf(createBoard()));
    const ended = ana.connection.destroy();
    await Promise.all([ended, ana.connection.destroy()]);
    expect(clock.waiting).toBe(0);
    expect(ana.page.listening).toBe(0);
    expect(listenersOf(ana.board)).toBe(listenersOf(createBoard()));
    await until([ben], 'ana left', () => ben.connection.status.participants === 1);
    await expect.poll(openSockets).toBe(1);
    const size = ana.board.size;
    draw(ben.board);
    await until([ben], 'saved', () => ben.connection.status.saving === 'saved');
    expect(ana.board.size).toBe(size);
  });

  it('refuses a board id that no channel can have', () => {
    for (const board of ['', 'a b', 'x'.repeat(141), 'ä'])
      expect(() => rig.client(board)).toThrow(/1 to 140 characters/);
  });
});
