import { chownSync, cpSync, lchownSync, mkdtempSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The account that PostgreSQL runs under: our own, or, since it refuses to be root, that of servers without rights. */
export type PostgresAccount = { readonly uid: number; readonly gid: number } | undefined;

const NOBODY = 65534;

export const postgresAccount = (): PostgresAccount =>
  process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : undefined;

/** Whether everybody may enter `folder`, and all folders on the way to it. */
const isOpen = (folder: string): boolean => {
  const real = realpathSync(folder);
  return (statSync(real).mode & 0o001) !== 0 && (dirname(real) === real || isOpen(dirname(real)));
};

/** Makes a temporary folder of the account's own. The one of root may be closed to everybody else. */
export const makeFolderFor = (account: PostgresAccount): string => {
  const folder = mkdtempSync(join(account && !isOpen(tmpdir()) ? '/tmp' : tmpdir(), 'inkwire-postgres-'));
  if (account) chownSync(folder, account.uid, account.gid);
  return folder;
};

/**
 * The folder of programs `installed` where the account may enter it; else, as below a root's own folder, a copy of it
 * in `folder`, which the account owns.
 */
export const programsFor = (account: PostgresAccount, installed: string, folder: string): string => {
  if (!account || isOpen(join(installed, 'bin'))) return installed;
  const copy = join(folder, 'installed');
  cpSync(installed, copy, { recursive: true, verbatimSymlinks: true });
  for (const name of ['', ...(readdirSync(copy, { recursive: true }) as string[])])
    lchownSync(join(copy, name), account.uid, account.gid);
  return copy;
};
