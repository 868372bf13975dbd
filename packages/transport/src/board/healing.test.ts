import { newElementId } from '@inkwire/core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { converged, draw, until } from '../testing/drawing.js';
import { createFastClock } from '../testing/fast-clock.js';
import { type Client, type Rig, startRig } from '../testing/rig.js';

/** Faster than real time, yet slow enough for answers of a busy machine to be in time. */
const FACTOR = 4;

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ limits: { clientEventsPerSecond: 100 } });
});
afterEach(() => rig.endClients());
afterAll(() => rig.close());

const together = async (board: string, options: Parameters<Rig['client']>[1]): Promise<[Client, Client]> => {
  const clients: [Client, Client] = [
    rig.client(board, { ...options, user: 'ana' }),
    rig.client(board, { user: 'ben', clock: createFastClock(FACTOR) }),
  ];
  await until(clients, 'together', () =>
    clients.every(({ connection: { status } }) => status.participants === 2 && status.level),
  );
  return clients;
};

describe('healing', () => {
  it('F9: what an author showed and never handed in is handed in by who saw it', async () => {
    let reachable = true;
    const flaky: typeof fetch = (input, init) =>
      reachable || init?.method !== 'POST' ? fetch(input, init) : Promise.reject(new TypeError('no network'));
    const [ana, ben] = await together('witness', { fetch: flaky });
    reachable = false;
    const id = draw(ana.board);
    await until([ben], 'ben sees it', () => ben.board.get(id) !== undefined);
    await ana.connection.destroy();
    const fresh = rig.client('witness', { user: 'cleo' });
    await until([fresh], 'the log has it', () => fresh.board.get(id) !== undefined);
    expect([...ben.errors, ...fresh.errors]).toEqual([]);
  });

  it('F6: after a reconnect digests are compared: an equal copy is left alone, another one is noticed', async () => {
    let onCompared = (): void => {};
    const compared = new Promise<void>((resolve) => {
      onCompared = resolve;
    });
    const watched: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (String(input).endsWith('/digest')) onCompared();
      return response;
    };
    const [ana, ben] = await together('digest', { fetch: watched, clock: createFastClock(FACTOR) });
    const origins: unknown[] = [];
    ben.board.doc.on('update', (_: Uint8Array, origin: unknown) => origins.push(origin));
    for (let count = 0; count < 3; count += 1) draw(ana.board);
    await converged([ana, ben]);
    ana.page.say('visible');
    // As if the transport itself had spoilt the document: it takes this for something that came from the log.
    ben.board.doc.transact(() => ben.board.doc.getMap('spoilt').set('key', 1), origins[0]);
    ben.page.say('visible');
    await until([ana, ben], 'ben is told', () => ben.errors.includes('diverged'));
    await compared;
    await until([ana], 'level', () => ana.connection.status.level);
    expect(ana.errors).toEqual([]);
  });

  it('L7: a server that comes back from a backup gets again what it had lost', async () => {
    const clock = createFastClock(FACTOR);
    const [ana, ben] = await together('restored', { clock });
    draw(ana.board);
    await converged([ana, ben]);
    await rig.stopServer();
    const restore = await rig.backUp();
    await rig.startServer();
    const lost = [draw(ana.board), draw(ben.board), draw(ana.board)];
    await converged([ana, ben]);
    await rig.stopServer();
    await restore();
    await rig.startServer();
    // Nobody knows of it until something is said about the log.
    draw(ben.board);
    await converged([ana, ben]);
    expect(ana.board.size).toBe(5);
    const fresh = rig.client('restored', { user: 'cleo' });
    await until([fresh], 'the log has all', () => lost.every((id) => fresh.board.get(id)));
    await until([fresh], 'all of it', () => fresh.board.size === 5);
    expect([...ana.errors, ...ben.errors]).toEqual([]);
  });

  it('F3: a change that no log takes is taken back with an error, and what follows it is saved', async () => {
    const [ana, ben] = await together('too-large', {});
    const [before, large, after] = [newElementId(), newElementId(), newElementId()];
    ana.board.doc.transact(() => {
      draw(ana.board, 5, before);
      ana.board.doc.getMap('b').set(large, new Uint8Array(2 << 20));
      draw(ana.board, 5, after);
    });
    await converged([ana, ben]);
    expect(ana.errors).toEqual(['too_large']);
    expect(ana.board.doc.getMap('b').has(large)).toBe(false);
    expect([before, after].map((id) => ben.board.get(id)?.id)).toEqual([before, after]);
    draw(ana.board);
    await converged([ana, ben]);
    expect(ben.board.size).toBe(3);
  });

  it('F3: a change of many parts that is too large for one entry is saved in several', async () => {
    const [ana, ben] = await together('large', {});
    const ids = Array.from({ length: 30 }, newElementId);
    ana.board.doc.transact(() => {
      for (const id of ids) draw(ana.board, 20_000, id);
    });
    await converged([ana, ben]);
    expect(ben.board.size).toBe(30);
    expect(ana.errors).toEqual([]);
  });
});
