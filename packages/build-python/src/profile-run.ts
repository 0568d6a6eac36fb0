import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok, type Result } from '@dtvem/contracts';
import type { BuildFolders } from './build-folders.ts';

export type ProfileRun = { readonly run: number; readonly failed: readonly string[] };

/** `0:00:12 [ 3/44/1] test_generators failed (1 failure)`: a test's end, as every version since 3.8 prints it. */
const TEST_LINE = /\[\s*(\d+)\/\d+(?:\/\d+)?\]\s+(test_\w+)(.*)$/;

/** What the profile run's tests said. */
export function readProfileRun(log: string): ProfileRun {
  const failed = new Set<string>();
  let run = 0;
  for (const line of log.split('\n')) {
    const match = TEST_LINE.exec(line);
    if (match === null) continue;
    const [, count = '0', test = '', rest = ''] = match;
    run = Math.max(run, Number(count));
    if (/\b(?:failed|crashed|timed out)\b/.test(rest)) failed.add(test);
  }
  for (const test of listedFailures(log)) failed.add(test);
  return { run, failed: [...failed].sort() };
}

/** `2 tests failed:` and, below, their names. */
function listedFailures(log: string): readonly string[] {
  const list = /^\d+ tests? failed:\n((?:[ \t]+.*\n?)+)/m.exec(log)?.[1] ?? '';
  return list.split(/\s+/).filter((word) => word.startsWith('test_'));
}

/**
 * The remarks of a build report about its optimisation. `build-failed` when there is nothing to remark: no test ran,
 * or configure did not know how to use what they recorded.
 */
export async function profileNotes(folders: BuildFolders): Promise<Result<readonly string[]>> {
  const log = await readFile(folders.profileLog, 'utf8').catch(() => '');
  const makefile = await readFile(join(folders.source, 'Makefile'), 'utf8');
  const { run, failed } = readProfileRun(log);
  if (run === 0) return notOptimized('its profile run ran no test');
  if (!/^PGO_PROF_USE_FLAG=\s*\S/m.test(makefile)) return notOptimized('it was compiled without the profile');
  if (!/\s-flto/.test(makefile)) return notOptimized('it was compiled without link-time optimisation');
  const names = failed.length === 0 ? '' : `: ${failed.join(', ')}`;
  return ok([`Profile run: ${failed.length} of ${run} tests failed${names}.`.slice(0, 500)]);
}

function notOptimized(cause: string): Result<never> {
  return fail(
    'build-failed',
    `The build is not optimized as it was asked to be: ${cause}.`,
    'See what configure says of the compiler in the full log, and let the recipe name another one.',
  );
}
