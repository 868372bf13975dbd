import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { installedPostgres } from './postgres.js';
import { makeFolderFor, postgresAccount, programsFor } from './postgres-account.js';

const account = postgresAccount();

describe.skipIf(!account)('the account of PostgreSQL, where the tests are run by root', () => {
  const folders: string[] = [];
  const own = (): string => {
    const folder = makeFolderFor(account);
    folders.push(folder);
    return folder;
  };
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  it('gets programs that it can run out of a folder that only root may enter', async () => {
    const closed = mkdtempSync(join(tmpdir(), 'inkwire-closed-'));
    folders.push(closed);
    const installed = join(closed, 'postgres');
    cpSync(await installedPostgres(), installed, { recursive: true, verbatimSymlinks: true });
    // As they come where new files are their owner's alone.
    for (const name of readdirSync(installed, { recursive: true }) as string[])
      chmodSync(join(installed, name), statSync(join(installed, name)).mode & 0o700);
    const version = (programs: string) =>
      spawnSync(join(programs, 'bin', 'postgres'), ['--version'], { ...account, encoding: 'utf8' });
    expect(version(installed).error).toMatchObject({ code: 'EACCES' });
    expect(version(programsFor(account, installed, own()))).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('PostgreSQL'),
    });
  });

  it('gets a folder that it can write in, also where the temporary folder is root’s own', () => {
    const closed = mkdtempSync(join(tmpdir(), 'inkwire-closed-'));
    folders.push(closed);
    const before = process.env.TMPDIR;
    process.env.TMPDIR = closed;
    const folder = own();
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    expect(spawnSync('mkdir', [join(folder, 'data')], account).status).toBe(0);
  });
});
