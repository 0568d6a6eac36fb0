import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { scheduler } from 'node:timers/promises';

export type FolderLock = { readonly release: () => void };

const SQLITE_BUSY = 5;
const POLL_MS = 25;

/**
 * Holds a folder for this process alone, or gives undefined when another process still holds it after `waitMs`.
 * The lock is the operating system's (SQLite's exclusive lock on a file), so it ends with its holder, however that
 * ends: no stale lock file, no process ids to compare.
 */
export async function lockFolder(folder: string, waitMs: number): Promise<FolderLock | undefined> {
  const database = new DatabaseSync(join(folder, 'lock.sqlite'), { timeout: 0 });
  const deadline = performance.now() + waitMs;
  while (!tryLock(database)) {
    if (performance.now() > deadline) {
      database.close();
      return undefined;
    }
    await scheduler.wait(POLL_MS);
  }
  return { release: () => database.close() };
}

function tryLock(database: DatabaseSync): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return false;
    throw error;
  }
}
