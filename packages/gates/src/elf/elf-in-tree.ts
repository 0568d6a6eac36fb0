import { open, readFile } from 'node:fs/promises';
import type { TreeFile } from '../tree-file.ts';
import { type ElfReading, isElf, readElf } from './read-elf.ts';

export type ElfInTree = { readonly path: string; readonly reading: ElfReading };

/** Every ELF file of a tree, read. */
export async function readElfFiles(files: readonly TreeFile[]): Promise<readonly ElfInTree[]> {
  const found: ElfInTree[] = [];
  // One after the other: some of them are large.
  for (const file of files) {
    if (file.kind !== 'file' || !(await startsLikeElf(file.absolute))) continue;
    found.push({ path: file.path, reading: readElf(await readFile(file.absolute)) });
  }
  return found;
}

async function startsLikeElf(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const start = Buffer.alloc(4);
    await file.read(start, 0, start.length, 0);
    return isElf(start);
  } finally {
    await file.close();
  }
}
