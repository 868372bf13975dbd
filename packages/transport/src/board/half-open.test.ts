import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { converged, draw, until } from '../testing/drawing.js';
import { type Rig, startRig } from '../testing/rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ limits: { activityTimeoutSeconds: 1 } });
});
afterAll(() => rig.close());

describe('a half-open connection', () => {
  it('R1: is found out by its silence and replaced, and nothing that was drawn meanwhile is missing', async () => {
    const ana = rig.client('half-open', { user: 'ana' });
    const ben = rig.client('half-open', { user: 'ben' });
    await until([ana, ben], 'together', () =>
      [ana, ben].every(({ connection: { status } }) => status.participants === 2 && status.level),
    );
    expect(rig.pusher.faults.freeze({ userId: 'ana' })).toBe(1);
    const ids = [draw(ana.board), draw(ben.board)];
    await until([ana], 'saved by HTTP', () => ana.connection.status.saving === 'saved');
    await until([ana], 'found out', () => ana.connection.status.connection !== 'live');
    await until([ana, ben], 'all is here', () => ids.every((id) => ana.board.get(id) && ben.board.get(id)));
    await until([ana], 'live again', () => ana.connection.status.connection === 'live');
    await converged([ana, ben]);
    expect(ana.errors).toEqual([]);
  });
});
