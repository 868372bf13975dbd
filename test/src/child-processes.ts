import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** The processes that `parent` started and that still run, oldest first. */
export async function childrenOf(parent: number): Promise<number[]> {
  const all = process.platform === 'linux' ? await fromProc() : await fromPs();
  return all
    .filter(([, ppid]) => ppid === parent)
    .map(([pid]) => pid)
    .sort((a, b) => a - b);
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

type PidAndParent = readonly [pid: number, parent: number];

/** A small Linux has no `ps`. */
async function fromProc(): Promise<PidAndParent[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0);
  const stats = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)));
  return stats.flatMap((stat) => {
    // `pid (name) state parent …`; a name can hold anything, parentheses and spaces included.
    const found = stat && /^(\d+) \(.*\) \S (\d+)/s.exec(stat);
    return found ? [[Number(found[1]), Number(found[2])]] : [];
  });
}

async function fromPs(): Promise<PidAndParent[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']);
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
}
