import { createHmac } from 'node:crypto';
import {
  encodeAppend,
  type JoinAnswer,
  newElementId,
  SEAL_LENGTH,
  type SessionId,
  sealedBytes,
} from '@inkwire/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { converged, draw, until } from '../testing/drawing.js';
import { createFastClock } from '../testing/fast-clock.js';
import { type Rig, startRig } from '../testing/rig.js';

/** Found by chance: updates of three clients, each well-formed and complete, on the last of which Yjs fails. */
const POISON: readonly (readonly [client: number, update: string])[] = [
  [
    1,
    'AQkBAAQBAXQBaIQBAAJlbIQBAgJsbygBAWICazABfQEnAQFiAm4wAgQAAQYDYWJjCAEBbAN9AX0CfQPGAQABAQRib2xkBHRydWXGAQIBAwRib2xkBG51bGwA',
  ],
  [3, 'AQEDAMIBCgEEAgExCXVuZGVmaW5lZAEBAQUB'],
  [2, 'AQECACIAAQYCazACATEJdW5kZWZpbmVkAA=='],
  [3, 'AQEDAqkCAAVndWlkMHYAAA=='],
  [3, 'AQEDAyUAAQ0CazEHeyJhIjoxfQEBAQYC'],
];

describe('a row of the log that Yjs fails on', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(async () => {
    await rig.endClients();
    await rig.close();
  });

  const send = async (channel: string, route: string, init: RequestInit): Promise<unknown> => {
    const headers = { authorization: 'Bearer mallory' };
    const response = await fetch(`${rig.address}/channels/${channel}/${route}`, { ...init, headers });
    expect(response.status).toBe(200);
    return response.json();
  };

  it('L10: harms nobody who gets it before the server notices: they draw on, with each other and with those who come later', async () => {
    const board = 'poisoned';
    const channel = `presence-board-${board}`;
    const ana = rig.client(board, { clock: createFastClock(4) });
    draw(ana.board);
    await until([ana], 'ana is saved', () => ana.connection.status.saving === 'saved');

    const sessions = new Map<number, { session: SessionId; key: Buffer; n: number }>();
    for (const client of [1, 2, 3]) {
      const session = newElementId() as string as SessionId;
      const body = JSON.stringify({ session, client });
      const { sealKey } = (await send(channel, 'sessions', { method: 'POST', body })) as JoinAnswer;
      sessions.set(client, { session, key: Buffer.from(sealKey, 'base64'), n: 0 });
    }
    for (const [client, text] of POISON) {
      const author = sessions.get(client);
      if (!author) throw new Error('Nobody writes as this client.');
      author.n += 1;
      const { session, key, n } = author;
      const update = new Uint8Array(Buffer.from(text, 'base64'));
      const seal = createHmac('sha256', key).update(sealedBytes(n, update)).digest().subarray(0, SEAL_LENGTH);
      await send(channel, 'entries', { method: 'POST', body: encodeAppend([{ session, n, update, seal }]) });
    }

    const own = draw(ana.board);
    const ben = rig.client(board, { user: 'ben', clock: createFastClock(4) });
    await until([ana, ben], 'ben has what ana drew after it', () => ben.board.get(own) !== undefined);
    const his = draw(ben.board);
    await until([ana, ben], 'ana has what ben drew', () => ana.board.get(his) !== undefined);
    await converged([ana, ben]);
    expect(ana.board.size).toBe(3);

    // The digest makes the server notice.
    await send(channel, 'digest', {});
    const cleo = rig.client(board, { user: 'cleo' });
    await until([cleo], 'cleo has everything', () => cleo.board.size === 3);
    for (const { board: copy } of [ana, ben, cleo])
      expect([copy.doc.store.pendingStructs, copy.doc.store.pendingDs]).toEqual([null, null]);
    draw(cleo.board);
    await until([ana, ben, cleo], 'all go on', () => ana.board.size === 4 && ben.board.size === 4);
  });
});
