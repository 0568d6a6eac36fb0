import { lstat, readdir, readlink } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** One thing in the extracted tree. `path` is relative to the tree's top, with `/`. */
export type TreeFile = {
  readonly path: string;
  readonly absolute: string;
} & ({ readonly kind: 'file' | 'directory' } | { readonly kind: 'link'; readonly target: string });

/** Everything below `tree`, in the order of its paths; links are listed and never followed. */
export async function listTree(tree: string): Promise<readonly TreeFile[]> {
  const names = await readdir(tree, { recursive: true });
  return Promise.all(names.sort().map((name) => treeFile(tree, name)));
}

async function treeFile(tree: string, name: string): Promise<TreeFile> {
  const absolute = join(tree, name);
  const path = name.split(sep).join('/');
  const status = await lstat(absolute);
  if (status.isSymbolicLink()) return { path, absolute, kind: 'link', target: await readlink(absolute) };
  return { path, absolute, kind: status.isDirectory() ? 'directory' : 'file' };
}
