import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { limiter } from '@dtvem/build-kit';
import { ok, type Result } from '@dtvem/contracts';
import type { BuildFolders } from '../build-folders.ts';
import { type Runner, runStep, type Step } from '../run-steps.ts';
import { listFiles } from './tree-files.ts';

/** Fixed, whatever the machine: what else a process has compiled shows in the bytes of its next file. */
const PORTIONS = 4;

/**
 * Compiles every module in the form that is valid without looking at its source's time, which no extraction keeps.
 * Paths are relative to the tree; Python puts the true ones in their place when it imports.
 */
export async function compileModules(
  python: string,
  jobs: number,
  { tree, root }: BuildFolders,
  runner: Runner,
): Promise<Result<void>> {
  const modules = (await listFiles(join(tree, 'lib')))
    .filter((path) => path.endsWith('.py'))
    .map((path) => relative(tree, path));
  const limit = limiter(jobs);
  const results = await Promise.all(
    Array.from({ length: PORTIONS }, (_, portion) =>
      limit(async () => {
        const list = join(root, `modules-${portion}.txt`);
        await writeFile(list, modules.filter((__, index) => index % PORTIONS === portion).join('\n'));
        return runStep(compileStep(join(tree, 'bin', python), list, tree), runner);
      }),
    ),
  );
  return results.find((result) => !result.ok) ?? ok(undefined);
}

function compileStep(python: string, list: string, cwd: string): Step {
  const options = ['-q', '-f', '--invalidation-mode', 'unchecked-hash', '-i', list] as const;
  return {
    label: 'compiling modules',
    argv: [python, '-s', '-S', '-m', 'compileall', ...options],
    cwd,
    env: { PYTHONHASHSEED: '0' },
  };
}
