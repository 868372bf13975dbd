import { describe, expect, it, vi } from 'vitest';
import type { Limits } from './access/limits.js';
import { type InkwireServerOptions, readOptions } from './options.js';
import { defineEvent } from './publish/event-types.js';
import { createInkwireServer } from './server.js';

const OPTIONS: InkwireServerOptions = {
  pusher: { appId: '1', key: 'k', secret: 's', cluster: 'eu' },
  secret: 'a secret of sixteen',
  authenticate: () => null,
  access: () => null,
};

describe('options', () => {
  it('have defaults', () => {
    expect(readOptions(OPTIONS)).toMatchObject({
      basePath: '',
      compactAfterEntries: 1_000,
      databaseTimeoutMs: 30_000,
      restored: false,
      limits: { entriesPerSecond: 200 },
      retention: { historyMs: 2_592_000_000 },
    });
    const limits = { openBoards: 3, entriesPerSecond: undefined } as unknown as Limits;
    expect(readOptions({ ...OPTIONS, limits }).limits).toMatchObject({
      openBoards: 3,
      entriesPerSecond: 200,
    });
  });

  it('take the database from the environment, where an empty address is none', () => {
    try {
      for (const [address, database] of [
        ['', '.inkwire'],
        ['postgres://db/app', 'postgres://db/app'],
      ] as const) {
        vi.stubEnv('DATABASE_URL', address);
        expect(readOptions(OPTIONS).database).toBe(database);
      }
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('are typed so that access may answer one role or several, at once or later, and no other word', async () => {
    // Without a secret nothing is opened: here the compiler decides.
    const open: typeof createInkwireServer = (options) => createInkwireServer({ ...options, secret: '' });
    const mayEdit = async (): Promise<boolean> => true;
    const opened = [
      open({ ...OPTIONS, access: () => 'write' }),
      open({ ...OPTIONS, access: async () => 'write' }),
      open({ ...OPTIONS, access: async () => null }),
      open({
        ...OPTIONS,
        access: async ({ id }) => ((await mayEdit()) ? 'write' : id === 'ana' ? 'read' : null),
      }),
      open({ ...OPTIONS, access: () => mayEdit().then((may) => (may ? 'write' : 'read')) }),
      open({
        ...OPTIONS,
        async access() {
          return 'read';
        },
      }),
      // @ts-expect-error: there is no such role
      open({ ...OPTIONS, access: () => 'wirte' }),
      // @ts-expect-error: there is no such role
      open({ ...OPTIONS, access: async () => 'wirte' }),
      // @ts-expect-error: null is what it means
      open({ ...OPTIONS, access: async () => undefined }),
      // @ts-expect-error: some of these strings are no role
      open({ ...OPTIONS, access: async (_user, channel) => channel }),
    ];
    for (const server of opened) await expect(server).rejects.toMatchObject({ field: 'secret' });
  });

  it('that are missing or wrong are named', () => {
    const broken: [string, object][] = [
      ['secret', { secret: 'short' }],
      ['pusher.key', { pusher: { ...OPTIONS.pusher, key: '' } }],
      ['pusher.cluster', { pusher: { appId: '1', key: 'k', secret: 's' } }],
      ['authenticate', { authenticate: undefined }],
      ['limits.entriesPerSecond', { limits: { entriesPerSecond: 0 } }],
      ['retention.historyMs', { retention: { historyMs: Number.NaN } }],
      ['compactAfterEntries', { compactAfterEntries: -1 }],
      ['databaseTimeoutMs', { databaseTimeoutMs: 0 }],
      ['limits.entriesPerMinute', { limits: { entriesPerMinute: 1 } }],
      ['database', { database: '' }],
      ['database', { database: 'mysql://db/app' }],
      ['events', { events: [defineEvent('task.assigned', {})] }],
      ['events', { events: [defineEvent('a.b', {}), defineEvent('a.b', {})] }],
    ];
    for (const [field, change] of broken)
      expect(() => readOptions({ ...OPTIONS, ...change } as InkwireServerOptions)).toThrow(
        expect.objectContaining({ code: 'config', field }),
      );
  });
});
