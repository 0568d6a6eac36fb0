import { posix } from 'node:path';

/**
 * The folder of the tree that a run path of the file at `path` means, or undefined when it is no `$ORIGIN` path or
 * leaves the tree. Paths are relative to the tree's top.
 */
export function resolveRunPath(path: string, runPath: string): string | undefined {
  const match = /^\$(?:ORIGIN|\{ORIGIN\})(\/.*)?$/.exec(runPath);
  if (match === null) return undefined;
  const folder = posix.join(posix.dirname(path), match[1] ?? '');
  return folder === '..' || folder.startsWith('../') ? undefined : folder;
}
