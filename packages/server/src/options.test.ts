import { describe, expect, it } from 'vitest';
import { type InkwireServerOptions, readOptions } from './options.js';

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
    expect(readOptions({ ...OPTIONS, limits: { openBoards: 3 } }).limits).toMatchObject({
      openBoards: 3,
      entriesPerSecond: 200,
    });
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
    ];
    for (const [field, change] of broken)
      expect(() => readOptions({ ...OPTIONS, ...change } as InkwireServerOptions)).toThrow(
        expect.objectContaining({ code: 'config', field }),
      );
  });
});
