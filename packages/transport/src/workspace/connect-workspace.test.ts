import { afterAll, afterEach, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { createCountingClock } from '../testing/counting-clock.js';
import { createFastClock } from '../testing/fast-clock.js';
import { createManualPage, type Rig, startRig } from '../testing/rig.js';
import { connectWorkspace, type Workspace } from './connect-workspace.js';
import type { EventCursor } from './event-feed.js';
import type { BuiltInEvents } from './event-types.js';

let rig: Rig;
const workspaces: Workspace<BuiltInEvents>[] = [];
beforeAll(async () => {
  rig = await startRig();
});
afterEach(() => {
  rig.pusher.faults.clear();
  for (const workspace of workspaces.splice(0)) workspace.destroy();
});
afterAll(() => rig.close());

let channels = 0;
const nextChannel = (): string => {
  channels += 1;
  return `private-project-${channels}`;
};

const connect = (options: Partial<Parameters<typeof connectWorkspace>[0]> = {}): Workspace<BuiltInEvents> => {
  const workspace = connectWorkspace({ ...rig.options('ana'), page: createManualPage(), ...options });
  workspaces.push(workspace);
  return workspace;
};

/** Collects events, and resolves when there are `count`. */
const collector = () => {
  const seen: string[] = [];
  let look = (): void => {};
  return {
    seen,
    onEvent: (event: { id: string }) => {
      seen.push(event.id);
      look();
    },
    reached: (count: number) =>
      new Promise<void>((resolve) => {
        look = () => {
          if (seen.length >= count) resolve();
        };
        look();
      }),
  };
};

const publish = (channel: string, id: string) =>
  rig.server.publish(channel, { type: 'task.assigned', actor: 'ben', id, task: 't1', assignee: 'ana' });

const ids = (count: number, from = 1): string[] =>
  Array.from({ length: count }, (_, i) => `event-${from + i}`);

describe('connectWorkspace', () => {
  it('E1: tells an event, typed by its type', async () => {
    const channel = nextChannel();
    const event = await new Promise<unknown>((resolve) => {
      connect().subscribe(channel, {
        after: 'start',
        onEvent: (told) => {
          if (told.type === 'task.assigned') expectTypeOf(told.assignee).toEqualTypeOf<string | null>();
          resolve(told);
        },
      });
      publish(channel, 'event-1');
    });
    expect(event).toMatchObject({ id: 'event-1', type: 'task.assigned', channel, actor: 'ben', task: 't1' });
  });

  it('E3: 10,000 events of three channels, each exactly once and in order, while Pusher loses, doubles and reorders, connections break and pages are loaded again', {
    timeout: 60_000,
  }, async () => {
    const inBatch = 50;
    const perChannel = 3_334;
    const on = [nextChannel(), nextChannel(), nextChannel()];
    const clock = createFastClock(10);
    const { faults } = rig.pusher;
    faults.add({ kind: 'drop', probability: 0.3 });
    faults.add({ kind: 'duplicate', probability: 0.1 });
    faults.add({ kind: 'reorder', probability: 0.1, delayMs: [1, 40] });

    /** A page that hears all three channels, and goes on where the one before it was when it is loaded again. */
    const openPage = (seen: Map<string, string[]>, cursors: Map<string, EventCursor>) => {
      const workspace = connect({ clock });
      for (const channel of on) {
        const ids = seen.get(channel) ?? [];
        seen.set(channel, ids);
        workspace.subscribe(channel, {
          after: cursors.get(channel) ?? 'start',
          onEvent: ({ id }, cursor) => {
            ids.push(id);
            cursors.set(channel, cursor);
          },
        });
      }
      return workspace;
    };
    const staying = new Map<string, string[]>();
    openPage(staying, new Map());
    const reloaded = new Map<string, string[]>();
    const kept = new Map<string, EventCursor>();
    let page = openPage(reloaded, kept);

    const published = new Map(on.map((channel) => [channel, ids(perChannel)]));
    let disconnects = 0;
    let reloads = 0;
    for (let from = 0; from < perChannel; from += inBatch) {
      for (const [channel, all] of published) {
        await rig.server.publishAll(
          channel,
          all
            .slice(from, from + inBatch)
            .map((id) => ({ type: 'task.assigned', actor: 'ben', id, task: 't1', assignee: 'ana' })),
        );
        if (Math.random() < 0.05) {
          faults.cut({ channel });
          disconnects += 1;
        }
      }
      if (Math.random() < 0.15) {
        page.destroy();
        page = openPage(reloaded, kept);
        reloads += 1;
      }
    }
    // Word of the last events may have been lost too: the server says again which they were.
    faults.clear();
    const arrived = (seen: Map<string, string[]>): boolean =>
      on.every((channel) => (seen.get(channel)?.length ?? 0) >= perChannel);
    await expect.poll(() => [arrived(staying), arrived(reloaded)]).toEqual([true, true]);
    // Had one been told twice, it would be here by now or come with the next.
    for (const channel of on) await publish(channel, 'last');
    const isTold = (seen: Map<string, string[]>): boolean =>
      on.every((channel) => seen.get(channel)?.at(-1) === 'last');
    await expect.poll(() => [isTold(staying), isTold(reloaded)]).toEqual([true, true]);
    for (const seen of [staying, reloaded])
      for (const [channel, all] of published) expect(seen.get(channel)).toEqual([...all, 'last']);
    expect(Math.min(disconnects, reloads)).toBeGreaterThan(0);
  });

  it('E3: goes on after a reload, from the cursor that was kept', async () => {
    const channel = nextChannel();
    let kept: EventCursor | null = null;
    const first = collector();
    const workspace = connect();
    workspace.subscribe(channel, {
      after: 'start',
      onEvent: (event, cursor) => {
        kept = cursor;
        first.onEvent(event);
      },
    });
    for (const id of ids(3)) await publish(channel, id);
    await first.reached(3);
    workspace.destroy();
    for (const id of ids(3, 4)) await publish(channel, id);
    const second = collector();
    connect().subscribe(channel, { after: kept!, onEvent: second.onEvent });
    await second.reached(3);
    expect(second.seen).toEqual(ids(3, 4));
  });

  it('without a cursor it tells what happens from now on', async () => {
    const channel = nextChannel();
    for (const id of ids(3)) await publish(channel, id);
    const later = collector();
    const subscription = connect().subscribe(channel, { onEvent: later.onEvent });
    await expect.poll(() => subscription.cursor).not.toBeNull();
    await publish(channel, 'event-4');
    await later.reached(1);
    expect(later.seen).toEqual(['event-4']);
  });

  it('one event waits until the one before has been dealt with; a handler that fails loses none', async () => {
    const channel = nextChannel();
    const errors: string[] = [];
    const workspace = connect();
    workspace.on('error', ({ code }) => errors.push(code));
    const order: string[] = [];
    await new Promise<void>((resolve) => {
      workspace.subscribe(channel, {
        after: 'start',
        onEvent: async ({ id }) => {
          order.push(`begin ${id}`);
          await new Promise((settle) => setTimeout(settle, 10));
          order.push(`end ${id}`);
          if (id === 'event-2') throw new Error('no');
          if (id === 'event-3') resolve();
        },
      });
      void (async () => {
        for (const id of ids(3)) await publish(channel, id);
      })();
    });
    expect(order).toEqual(ids(3).flatMap((id) => [`begin ${id}`, `end ${id}`]));
    expect(errors).toEqual(['handler']);
  });

  it('S1: a channel without access is refused, once and with its reason', async () => {
    rig.roles.set('eve', null);
    const errors: string[] = [];
    const workspace = connect(rig.options('eve'));
    await new Promise<void>((resolve) => {
      workspace.on('error', ({ code }) => {
        errors.push(code);
        resolve();
      });
      workspace.subscribe(nextChannel(), { onEvent: () => {} });
    });
    expect(errors[0]).toBe('forbidden');
  });

  it('refuses a cursor that is none', () => {
    const after = 'tomorrow';
    expect(() => connect().subscribe(nextChannel(), { after, onEvent: () => {} })).toThrow(/is no cursor/);
  });

  it('destroy() leaves no timer and no listener behind', async () => {
    const clock = createCountingClock();
    const page = createManualPage();
    const workspace = connect({ clock, page });
    const { onEvent, reached } = collector();
    const channel = nextChannel();
    workspace.subscribe(channel, { after: 'start', onEvent });
    await publish(channel, 'event-1');
    await reached(1);
    workspace.destroy();
    expect([clock.waiting, page.listening]).toEqual([0, 0]);
  });
});
