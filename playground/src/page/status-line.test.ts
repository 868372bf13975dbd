import { describe, expect, it } from 'vitest';
import { type StatusFacts, statusLine } from './status-line.js';

const level: StatusFacts = { connection: 'live', saving: 'saved', waiting: 0, access: 'write' };

describe('statusLine', () => {
  it.each<[string, Partial<StatusFacts>, string, string]>([
    ['all is with the server', {}, 'Saved', 'good'],
    ['the server has not answered', { saving: 'saving', waiting: 2 }, 'Saving…', 'waiting'],
    ['there is no network', { connection: 'offline' }, 'Offline', 'waiting'],
    [
      'one change waits',
      { connection: 'offline', saving: 'offline', waiting: 1 },
      'Offline · 1 change waiting',
      'waiting',
    ],
    [
      'the server alone is away',
      { saving: 'offline', waiting: 12 },
      'Offline · 12 changes waiting',
      'waiting',
    ],
    [
      'everything is saved and Pusher is not there yet',
      { connection: 'connecting' },
      'Connecting…',
      'waiting',
    ],
    ['Pusher refuses the app', { connection: 'failed' }, 'Cannot connect', 'bad'],
    ['it may only be read', { access: 'read' }, 'View only', 'good'],
    ['it may not be seen', { access: 'none', connection: 'connecting' }, 'No access to this board', 'bad'],
  ])('F4: when %s', (_, facts, text, tone) => {
    expect(statusLine({ ...level, ...facts })).toEqual({ text, tone });
  });
});
