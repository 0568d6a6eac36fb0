import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok, type Result } from '@dtvem/contracts';
import { interrupted } from '../common-problems.ts';
import { extractSource } from '../extract.ts';
import type { FetchedSource } from '../fetch/fetch-source.ts';
import type { CommandOutcome } from '../run-command.ts';
import type { Toolchain } from '../toolchain.ts';
import { fillIn, fillInWords } from './fill-in.ts';
import { mergeTrees } from './merge-trees.ts';
import type { DependencyPlan } from './plan-dependencies.ts';
import type { RecipeStep } from './recipe.ts';

export type BuildDependencyOptions = {
  readonly toolchain: Toolchain;
  readonly workFolder: string;
  readonly keepWork: boolean;
  /** Values for the `{name}`s of the recipe's commands. */
  readonly variables: Readonly<Record<string, string>>;
  /** Folders of the built dependencies and tools that this build sees, as `../deps` and `../tools`. */
  readonly needs: readonly string[];
  readonly tools: readonly string[];
  readonly signal: AbortSignal;
};

/**
 * Builds a dependency from its fetched source and hands the source folder to `collect`, which takes what it wants;
 * the folder is gone afterwards. `dependency-failed` carries the last lines that the failing command printed.
 */
export async function buildDependency(
  plan: DependencyPlan,
  fetched: FetchedSource,
  options: BuildDependencyOptions,
  collect: (sourceFolder: string) => Promise<void>,
): Promise<Result<void>> {
  await mkdir(options.workFolder, { recursive: true });
  const folder = await mkdtemp(join(options.workFolder, `${plan.name}-`));
  try {
    const source = join(folder, 'source');
    const extracted = await extractSource(fetched.path, source);
    if (!extracted.ok) return extracted;
    await mergeTrees(options.needs, join(folder, 'deps'), ['include', 'lib']);
    await mergeTrees(options.tools, join(folder, 'tools'), ['bin', 'lib']);
    const built = await runSteps(plan, stepsOf(plan, fetched), source, options);
    if (built.ok) await collect(source);
    return built;
  } finally {
    if (!options.keepWork) await rm(folder, { recursive: true, force: true });
  }
}

function stepsOf({ build }: DependencyPlan, { archive }: FetchedSource): readonly RecipeStep[] {
  return [...(build.prepare[archive.form ?? 'release']?.steps ?? []), ...build.steps];
}

async function runSteps(
  plan: DependencyPlan,
  steps: readonly RecipeStep[],
  source: string,
  options: BuildDependencyOptions,
): Promise<Result<void>> {
  for (const step of steps) {
    const argv = fillInWords(step.run, options.variables);
    const env = Object.fromEntries(
      Object.entries(step.env).map(([name, value]) => [name, fillIn(value, options.variables)]),
    );
    const command = { argv, env, cwd: join(source, step.in), label: `building ${plan.name}` };
    const outcome = await options.toolchain.run(command);
    if (options.signal.aborted) return interrupted(`The build of ${plan.name}`);
    if (outcome.exitCode !== 0) return stepFailed(plan, argv, outcome);
  }
  return ok(undefined);
}

function stepFailed(plan: DependencyPlan, argv: readonly string[], outcome: CommandOutcome): Result<never> {
  const end = outcome.signal === null ? `exit code ${outcome.exitCode}` : `signal ${outcome.signal}`;
  return fail(
    'dependency-failed',
    `The dependency ${plan.name} could not be built: ${argv.slice(0, 3).join(' ')} ended with ${end}.`,
    'Its last lines say why, and the full log has the rest; the recipe of this dependency is where to mend it.',
    outcome.tail.join('\n'),
  );
}
