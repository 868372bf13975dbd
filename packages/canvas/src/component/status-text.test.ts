import { describe, expect, it } from 'vitest';
import type { ConnectionStatus } from './connection-port.js';
import { statusText } from './status-text.js';

const live: ConnectionStatus = { connection: 'live', saving: 'saved', waiting: 0, access: 'write' };

describe('statusText', () => {
  it.each([
    [{}, 'Saved'],
    [{ saving: 'saving', waiting: 3 }, 'Saving…'],
    [{ saving: 'offline', waiting: 3, connection: 'offline' }, 'Offline, 3 changes waiting'],
    [{ saving: 'offline', waiting: 1, connection: 'offline' }, 'Offline, 1 change waiting'],
    [{ saving: 'offline', waiting: 0, connection: 'offline' }, 'Offline'],
    [{ access: 'read' }, 'Read only'],
    [{ access: 'none', waiting: 2 }, 'No access'],
    [{ connection: 'connecting', access: 'unknown' }, 'Connecting…'],
    [{ connection: 'offline' }, 'Saved, not live'],
    [{ connection: 'failed' }, 'Saved, not live'],
  ] as const)('F4: says of %o: %s', (facts, text) => {
    expect(statusText({ ...live, ...facts }).text).toBe(text);
  });

  it('F4: says "Saved" in no state where the server does not have everything', () => {
    for (const connection of ['connecting', 'live', 'offline', 'failed'] as const) {
      for (const saving of ['saving', 'offline'] as const) {
        for (const access of ['write', 'read', 'none', 'unknown'] as const) {
          expect(statusText({ connection, saving, access, waiting: 1 }).text).not.toContain('Saved');
        }
      }
    }
  });

  it('keeps what waits in sight when access ends', () => {
    expect(statusText({ ...live, access: 'none', waiting: 2 }).detail).toContain('2 changes');
  });
});
