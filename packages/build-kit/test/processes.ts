import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { vi } from 'vitest';

/** Whether a process still runs; one that has ended and only waits for its parent to notice does not. */
export async function runs(pid: number): Promise<boolean> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'stat=', '-p', String(pid)]);
    return !stdout.trim().startsWith('Z');
  } catch {
    return false;
  }
}

/** Waits until the file holds this many process ids, one on each line. */
export async function readPids(path: string, count: number): Promise<readonly number[]> {
  return vi.waitFor(
    async () => {
      const pids = (await readFile(path, 'utf8')).trim().split('\n').map(Number);
      if (pids.length < count || pids.some(Number.isNaN)) throw new Error(`${pids.length} of ${count} ids`);
      return pids;
    },
    { timeout: 5000, interval: 20 },
  );
}

/** Waits until none of the processes runs. */
export async function waitForEndOf(pids: readonly number[]): Promise<void> {
  await vi.waitFor(
    async () => {
      for (const pid of pids) if (await runs(pid)) throw new Error(`process ${pid} still runs`);
    },
    { timeout: 5000, interval: 20 },
  );
}
