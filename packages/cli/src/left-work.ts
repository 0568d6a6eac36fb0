import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Removes build trees of runs that were killed: a tree whose process no longer lives has no owner. */
export async function removeLeftWork(workFolder: string): Promise<void> {
  const names = await readdir(workFolder).catch(() => []);
  const left = names.filter((name) => {
    const pid = /-(\d+)$/.exec(name)?.[1];
    return pid !== undefined && !isAlive(Number(pid));
  });
  await Promise.all(left.map((name) => rm(join(workFolder, name), { recursive: true, force: true })));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, and belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
