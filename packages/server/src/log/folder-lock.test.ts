import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { lockFolder } from './folder-lock.js';

const folder = mkdtempSync(join(tmpdir(), 'inkwire-lock-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the lock of a database folder', () => {
  it('keeps a second one out, by whatever path, until it is given back', async () => {
    const unlock = await lockFolder(folder);
    await expect(lockFolder(join(folder, '.'))).rejects.toMatchObject({ code: 'config', field: 'database' });
    await unlock();
    await (await lockFolder(folder))();
  });
});
