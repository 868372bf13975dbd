import { describe, expect, it, vi } from 'vitest';
import type { Limits } from './access/limits.js';
import { type InkwireServerOptions, readOptions } from './options.js';
import { defineEvent } from './publish/event-types.js';

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

  it('that are missing or wrong are named', () => {
    const broken: [string, object][] = [
      ['secret', { secret: 'short' }],
      ['pusher.key', { pusher: { ...OPTIONS.pusher, key: '' } }],
      ['pusher.cluster', { pusher: { appId: '1', key: 'k', secret: 's' } }],
      ['authenticate', { authenticate: undefined }],
      ['limits.entriesPerSecond', { limits: { entriesPerSecond: 0 } }],
      ['retention.historyMs', { retention: { historyMs: Number.NaN } }],
      ['compactAfterEntries', { compactAfterEntries: -1 }],
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
