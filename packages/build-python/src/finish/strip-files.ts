import { open } from 'node:fs/promises';
import { ok, type Result } from '@dtvem/contracts';
import { type Runner, runStep } from '../run-steps.ts';
import { listFiles } from './tree-files.ts';

const ELF_MAGIC = '7f454c46';

/** Removes from every ELF file what neither the loader nor a linker needs. */
export async function stripFiles(tree: string, runner: Runner): Promise<Result<void>> {
  const files: string[] = [];
  for (const path of await listFiles(tree)) if (await isElf(path)) files.push(path);
  if (files.length === 0) return ok(undefined);
  const argv = ['strip', '--strip-unneeded', ...files] as const;
  return runStep({ label: 'stripping', argv: [...argv], cwd: tree }, runner);
}

async function isElf(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('hex') === ELF_MAGIC;
  } finally {
    await file.close();
  }
}
