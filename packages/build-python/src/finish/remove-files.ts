import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findInTree } from './tree-files.ts';

/** Removes what the patterns find in the tree, and all compiled modules: they are made anew at the end. */
export async function removeFiles(tree: string, patterns: readonly string[]): Promise<void> {
  for (const pattern of patterns) {
    for (const path of await findInTree(tree, pattern)) {
      await rm(join(tree, path), { recursive: true, force: true });
    }
  }
}

export const COMPILED_MODULES = '**/__pycache__';
