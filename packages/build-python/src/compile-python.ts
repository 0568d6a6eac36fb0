import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result, SENTINEL_PREFIX } from '@dtvem/contracts';
import type { BuildFolders } from './build-folders.ts';
import type { PythonRecipe } from './recipe.ts';
import { type Runner, runSteps, type Step } from './run-steps.ts';

/** Configures, compiles and installs; the install tree then stands in `folders.tree`. */
export async function compilePython(
  recipe: PythonRecipe,
  jobs: number,
  folders: BuildFolders,
  runner: Runner,
): Promise<Result<void>> {
  const steps = [configureStep(recipe, folders), ...makeSteps(recipe, jobs, folders)];
  const compiled = await runSteps(steps, runner);
  if (compiled.ok) await rename(join(folders.install, SENTINEL_PREFIX), folders.tree);
  return compiled.ok ? ok(undefined) : compiled;
}

function configureStep(recipe: PythonRecipe, folders: BuildFolders): Step {
  const argv = ['./configure', ...recipe.configure] as const;
  return { label: 'configuring Python', argv: [...argv], env: recipe.variables, cwd: folders.source };
}

function makeSteps(recipe: PythonRecipe, jobs: number, folders: BuildFolders): readonly Step[] {
  const cwd = folders.source;
  return [
    { label: 'compiling Python', argv: ['make', `-j${jobs}`, ...assignments(recipe.make)], cwd },
    {
      label: 'installing Python',
      argv: ['make', 'install', `DESTDIR=${folders.install}`, ...assignments(recipe.install)],
      cwd,
    },
  ];
}

function assignments(variables: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(variables).map(([name, value]) => `${name}=${value}`);
}
