import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fail, ok, type Result } from '@dtvem/contracts';
import { listFiles } from './tree-files.ts';

/** Fails with `build-failed` when a file of the tree holds one of the texts: a path of the build, the sentinel. */
export async function checkLeaks(tree: string, texts: readonly string[]): Promise<Result<void>> {
  const needles = texts.map((text) => Buffer.from(text));
  const found: string[] = [];
  for (const path of await listFiles(tree)) {
    const content = await readFile(path);
    const leak = needles.find((needle) => content.includes(needle));
    if (leak !== undefined) found.push(`${relative(tree, path)}: ${leak}`);
  }
  if (found.length === 0) return ok(undefined);
  return fail(
    'build-failed',
    `${found.length} files of the finished tree name a folder that is only there while it is built.`,
    'Let a finishing step of build-python rewrite or remove these files.',
    found.join('\n'),
  );
}
