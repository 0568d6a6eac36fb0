import { glob, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Every file (not folder, not link) below a folder, as absolute paths in a fixed order. */
export async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** What a pattern finds in the tree, relative to it, in a fixed order. */
export async function findInTree(tree: string, pattern: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const path of glob(pattern, { cwd: tree })) found.push(path);
  return found.sort();
}

/** The one match of a pattern. Throws when there is none or more: the recipe knows this version's tree wrongly. */
export async function findOne(tree: string, pattern: string): Promise<string> {
  const [found, ...more] = await findInTree(tree, pattern);
  if (found === undefined || more.length > 0) {
    throw new Error(
      `the install tree has ${more.length + (found === undefined ? 0 : 1)} of ${pattern}, not one`,
    );
  }
  return found;
}
