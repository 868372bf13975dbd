import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { converged, draw, until } from '../testing/drawing.js';
import { type Rig, startRig } from '../testing/rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterEach(() => rig.endClients());
afterAll(() => rig.close());

describe('connectBoard', () => {
  it('two people draw on one board, and whoever comes later has all of it', async () => {
    const ana = rig.client('two', { user: 'ana' });
    const ben = rig.client('two', { user: 'ben' });
    await until([ana, ben], 'both live', () =>
      [ana, ben].every(
        ({ connection }) => connection.status.connection === 'live' && connection.status.participants === 2,
      ),
    );
    const first = draw(ana.board);
    const second = draw(ben.board);
    await converged([ana, ben]);
    expect(ana.board.get(second)).toEqual(ben.board.get(second));
    expect(ben.board.get(first)).toBeDefined();
    const cleo = rig.client('two', { user: 'cleo' });
    await until([cleo], 'cleo sees both', () => cleo.board.size === 2);
    await converged([ana, ben, cleo]);
    expect([...ana.errors, ...ben.errors, ...cleo.errors]).toEqual([]);
  });
});
