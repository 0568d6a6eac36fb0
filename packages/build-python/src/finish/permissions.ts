import { chmod, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** 0755 for folders and whatever somebody may execute, 0644 for the rest, whatever the umask was. */
export async function setPermissions(tree: string): Promise<void> {
  await chmod(tree, 0o755);
  for (const entry of await readdir(tree, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const path = join(entry.parentPath, entry.name);
    const { mode } = await stat(path);
    await chmod(path, entry.isDirectory() || (mode & 0o111) !== 0 ? 0o755 : 0o644);
  }
}
