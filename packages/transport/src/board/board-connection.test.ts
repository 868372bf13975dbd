import { type Conflict, type ElementId, moveElements, styleElements } from '@inkwire/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { converged, draw, until } from '../testing/drawing.js';
import { type Client, type Rig, startRig } from '../testing/rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());

const together = async (board: string): Promise<[Client, Client]> => {
  const both: [Client, Client] = [rig.client(board), rig.client(board, { user: 'ben' })];
  await until(both, 'together', () =>
    both.every(({ connection: { status } }) => status.participants === 2 && status.level),
  );
  return both;
};

/** The others' drag of `id` as a screen would show it now: how far from its place on the board, and that place. */
const seenAt = ({ board, connection }: Client, id: ElementId): { x: number; dragged: boolean } => {
  const [other] = connection.presence.others(Date.now());
  const drag = other?.drag?.ids.includes(id) ? other.drag : null;
  return { x: (board.get(id)?.position[0] ?? 0) + (drag?.transform[4] ?? 0), dragged: drag !== null };
};

it('P1: a drag is seen on the other screen and becomes its commit without a jump', async () => {
  const [ana, ben] = await together('dragged');
  const id = draw(ana.board);
  await converged([ana, ben]);
  const start = seenAt(ben, id).x;

  /** Everything that ben's screen would have shown, with the time of it. */
  const pictures: { at: number; x: number }[] = [];
  const screen = setInterval(() => pictures.push({ at: Date.now(), x: seenAt(ben, id).x }), 4);
  ana.connection.presence.setSelection([id]);
  /** A hand at 300 units a second. */
  for (let step = 1; step <= 100; step += 1) {
    ana.connection.presence.setDrag({ ids: [id], transform: [1, 0, 0, 1, step * 3, 0] });
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  ana.board.commit(moveElements(ana.board, [id], 300, 0));
  ana.connection.presence.setDrag(null);
  await until([ben], 'the commit', () => ben.board.get(id)?.position[0] === start + 300);
  await until([ben], 'all of it played', () => !ben.connection.presence.moving(Date.now()));
  clearInterval(screen);

  expect(seenAt(ben, id)).toEqual({ x: start + 300, dragged: false });
  // Between two pictures it moves as far as the hand did in that time, and a little to catch up.
  const jumps = pictures.slice(1).map(({ at, x }, index) => {
    const before = pictures[index] as (typeof pictures)[0];
    return Math.abs(x - before.x) - 0.6 * (at - before.at);
  });
  expect(Math.max(...jumps)).toBeLessThan(8);
  expect(new Set(pictures.map(({ x }) => Math.round(x))).size).toBeGreaterThan(30);
  // Every frame was paced as all others are.
  expect(rig.pusher.counters.read().events.refused).toBe(0);
});

it('C8: whose change lost to one that was made at the same time is told, and can restore it', async () => {
  const both = await together('contested');
  const [ana, ben] = both;
  const id = draw(ana.board);
  await converged(both);
  const told: { readonly of: Client; readonly conflict: Conflict }[] = [];
  for (const of of both) of.connection.on('conflict', (conflict) => told.push({ of, conflict }));
  ana.board.commit(styleElements(ana.board, [id], { color: '#aa0000' }));
  ben.board.commit(styleElements(ben.board, [id], { color: '#0000aa' }));
  await converged(both);
  expect(told).toHaveLength(1);
  const [{ of, conflict }] = told as [(typeof told)[0]];
  const other = of === ana ? ben : ana;
  expect(conflict).toMatchObject({ id, register: 'color', user: other === ana ? 'ana' : 'ben' });
  expect(ana.board.get(id)).toMatchObject({ color: conflict.theirs });
  conflict.restore();
  await converged(both);
  expect(other.board.get(id)).toMatchObject({ color: conflict.mine });
});
