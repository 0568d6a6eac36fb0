import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from '../errno.ts';

/** Copies the named sub-folders of each folder into one; a sub-folder that one does not have is left out. */
export async function mergeTrees(
  folders: readonly string[],
  into: string,
  subfolders: readonly string[],
): Promise<void> {
  await mkdir(into, { recursive: true });
  for (const folder of folders) {
    for (const name of subfolders) {
      await cp(join(folder, name), join(into, name), { recursive: true }).catch((error: unknown) => {
        if (errnoOf(error) !== 'ENOENT') throw error;
      });
    }
  }
}
