import dns from 'node:dns';
import * as PusherModule from 'pusher-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ConnectionScene, settle, startConnectionScene } from '../testing/connection-scene.js';
import { createCountingClock } from '../testing/counting-clock.js';
import { createFastClock } from '../testing/fast-clock.js';
import { createManualClock } from '../testing/manual-clock.js';
import { signMember } from '../testing/signatures.js';
import { TransportError } from '../transport-error.js';
import { createPusherClient } from './pusher-client.js';

let scene: ConnectionScene;
beforeEach(async () => {
  scene = await startConnectionScene();
});
afterEach(() => scene.end());

describe('connection', () => {
  it('a cluster leads to hosted Pusher', async () => {
    const asked: unknown[] = [];
    // Nothing of this leaves the machine.
    const lookup = vi.spyOn(dns, 'lookup').mockImplementation(((host: string, ...rest: unknown[]) => {
      asked.push(host);
      setImmediate(rest.at(-1) as (error: Error) => void, new Error('There is no network.'));
    }) as unknown as typeof dns.lookup);
    const nothing = (): void => {};
    const never = (): Promise<never> => new Promise(nothing);
    const events = { onConnected: nothing, onLost: nothing, onComplaint: nothing };
    const client = createPusherClient(
      { key: 'app-key', cluster: 'eu' },
      { ...events, authorize: never, signIn: never },
    );
    try {
      client.connect();
      await expect.poll(() => asked.length).toBeGreaterThan(0);
    } finally {
      client.disconnect();
      lookup.mockRestore();
    }
    expect(asked).toEqual(['ws-eu.pusher.com']);
  });

  it('R2: a wrong key fails for good, with one error that says so', async () => {
    const clock = createManualClock();
    const { connection, errors, until } = scene.open({ clock, key: 'nobody' });
    clock.advance(0);
    await until(() => connection.state === 'failed' && errors.length > 0);
    expect(errors.map(({ code }) => code)).toEqual(['pusher_4001']);
    const { times } = scene.watch(clock);
    clock.advance(40_000);
    await settle();
    expect(times).toEqual([]);
    expect(errors.length).toBe(1);
  });

  it('R3: an authorization that fails for a while is asked for again; a refused one is reported', async () => {
    const clock = createFastClock(50);
    let asked = 0;
    const { channel, errors, until } = scene.open({
      clock,
      authorize: async (name, socketId) => {
        asked += 1;
        if (asked < 3) throw new TransportError('unreachable', 'not now');
        return signMember(scene.pusher, name, socketId);
      },
    });
    await until(() => channel.subscribed);
    expect(asked).toBe(3);
    expect(errors).toEqual([]);

    const refused = scene.open({
      clock,
      authorize: () => Promise.reject(new TransportError('forbidden', 'not you', { status: 403 })),
    });
    await refused.until(() => refused.errors.length > 0);
    expect(refused.errors[0]?.code).toBe('forbidden');
  });

  it('an answer for an earlier socket is not used for the present one', async () => {
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const sockets: string[] = [];
    let onAsked = (): void => {};
    const asked = new Promise<void>((resolve) => {
      onAsked = resolve;
    });
    const { channel, until } = scene.open({
      authorize: async (name, socketId) => {
        sockets.push(socketId);
        onAsked();
        if (sockets.length === 1) await held;
        return signMember(scene.pusher, name, socketId);
      },
    });
    await asked;
    scene.pusher.faults.cut();
    await until(() => channel.subscribed);
    release();
    await settle();
    expect(sockets.length).toBe(2);
    expect(channel.subscribed).toBe(true);
  });

  it('says whether an event was handed on', async () => {
    const { channel, until } = scene.open();
    expect(channel.trigger('client-note', { a: 1 })).toBe(false);
    await until(() => channel.subscribed);
    expect(channel.trigger('client-note', { a: 1 })).toBe(true);
    scene.pusher.faults.cut();
    await until(() => !channel.subscribed);
    expect(channel.trigger('client-note', { a: 1 })).toBe(false);
  });

  it('close() ends everything: sockets, timers, listeners, and what pusher-js keeps of its clients', async () => {
    const { instances } = (PusherModule as unknown as { default: { instances: unknown[] } }).default;
    const before = instances.length;
    const clock = createCountingClock();
    const { connection, channel, until } = scene.open({ clock });
    await until(() => channel.subscribed);
    expect(scene.page.listening).toBeGreaterThan(0);
    expect(scene.pusher.counters.read().connections.open).toBe(1);
    expect(clock.waiting).toBeGreaterThan(0);
    connection.close();
    expect(scene.page.listening).toBe(0);
    expect(clock.waiting).toBe(0);
    expect(instances.length).toBe(before);
    await expect.poll(() => scene.pusher.counters.read().connections.open).toBe(0);
  });
});
