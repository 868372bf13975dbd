import { afterAll, afterEach, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { createCountingClock } from '../testing/counting-clock.js';
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

  it('E3: every event exactly once and in order, while Pusher loses, doubles and reorders, and connections break', async () => {
    const channel = nextChannel();
    const { faults } = rig.pusher;
    faults.add({ kind: 'drop', probability: 0.3 });
    faults.add({ kind: 'duplicate', probability: 0.2 });
    faults.add({ kind: 'reorder', probability: 0.3, delayMs: [1, 40] });
    const people = [collector(), collector()];
    for (const { onEvent } of people) connect().subscribe(channel, { after: 'start', onEvent });
    for (const [index, id] of ids(120).entries()) {
      await publish(channel, id);
      if (index % 40 === 20) faults.cut({ channel });
    }
    faults.clear();
    await publish(channel, 'last');
    for (const { reached, seen } of people) {
      await reached(121);
      expect(seen).toEqual([...ids(120), 'last']);
    }
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
    connect().subscribe(channel, { after: kept as unknown as EventCursor, onEvent: second.onEvent });
    await second.reached(3);
    expect(second.seen).toEqual(ids(3, 4));
  });

  it('without a cursor it tells what happens from now on', async () => {
    const channel = nextChannel();
    for (const id of ids(3)) await publish(channel, id);
    const later = collector();
    const subscription = connect().subscribe(channel, { onEvent: later.onEvent });
    while (subscription.cursor === null) await new Promise((resolve) => setTimeout(resolve, 5));
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
    const after = 'tomorrow' as EventCursor;
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
