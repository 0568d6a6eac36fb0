import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuiltDependency, librariesOf } from '@dtvem/build-kit';
import { type Result, SENTINEL_PREFIX, seriesOf } from '@dtvem/contracts';
import type { BuildFolders } from '../build-folders.ts';
import type { BuildPlan } from '../plan-python.ts';
import { type Runner, runStep } from '../run-steps.ts';
import { compileModules } from './compile-modules.ts';
import { flagScrubber } from './flags.ts';
import { checkLeaks } from './leaks.ts';
import { addLicenses } from './licenses.ts';
import { setPermissions } from './permissions.ts';
import { updateRecords } from './record-sums.ts';
import { relocateConfig } from './relocate-config.ts';
import { linkInterpreter, relocateScripts } from './relocate-scripts.ts';
import { COMPILED_MODULES, removeFiles } from './remove-files.ts';
import { stripFiles } from './strip-files.ts';
import { findOne } from './tree-files.ts';

export type FinishOptions = {
  readonly jobs: number;
  readonly dependencies: readonly BuiltDependency[];
  readonly folders: BuildFolders;
  readonly runner: Runner;
};

/** Python takes a folder of extension modules for the sign of its installation, and no archive keeps an empty one for certain. */
const NOTE = 'Extension modules of the standard library that are not built into the interpreter.\n';

/** Turns what `make install` left into a tree that runs, and compiles extensions, wherever it is put. */
export async function finishTree(plan: BuildPlan, options: FinishOptions): Promise<Result<void>> {
  const { folders, runner, jobs, dependencies } = options;
  const { tree, source, root } = folders;
  const python = `python${seriesOf(plan.request.version)}`;
  await removeFiles(tree, [...plan.recipe.remove, COMPILED_MODULES]);
  await linkInterpreter(tree, python);
  await writeFile(join(tree, await findOne(tree, 'lib/python*/lib-dynload'), 'README.txt'), NOTE);
  await addLicenses(tree, source, dependencies);
  const buildPrefix = plan.recipe.make['prefix'] ?? SENTINEL_PREFIX;
  const steps = [
    () => relocateConfig(python, { scrub: scrubberOf(plan), buildPrefix }, folders, runner),
    () => installPip(join(tree, 'bin', python), root, runner),
    () => stripFiles(tree, runner),
  ];
  for (const step of steps) {
    const result = await step();
    if (!result.ok) return result;
  }
  await relocateScripts(tree, python);
  await updateRecords(tree);
  await removeFiles(tree, [COMPILED_MODULES]);
  const compiled = await compileModules(python, jobs, folders, runner);
  if (!compiled.ok) return compiled;
  await setPermissions(tree);
  return checkLeaks(tree, [SENTINEL_PREFIX, root]);
}

function scrubberOf({ recipe, dependencies }: BuildPlan): (text: string) => string {
  const flags = [...recipe.compilerFlags, ...recipe.linkerFlags];
  const { CC = 'cc', CXX = 'c++' } = recipe.variables;
  const compilers = { [CC]: 'cc', [CXX]: 'c++' };
  return flagScrubber({ flags, compilers, libraries: librariesOf(dependencies) });
}

/** After the move: where pip is put, and what its scripts run, follows from where the interpreter stands. */
function installPip(python: string, cwd: string, runner: Runner): Promise<Result<void>> {
  const argv = [python, '-I', '-m', 'ensurepip', '--default-pip'] as const;
  return runStep({ label: 'installing pip', argv: [...argv], cwd }, runner);
}
