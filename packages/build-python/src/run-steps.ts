import type { CommandOutcome, Toolchain } from '@dtvem/build-kit';
import { fail, ok, type Result } from '@dtvem/contracts';

export type Runner = {
  readonly toolchain: Toolchain;
  readonly signal: AbortSignal;
};

export type Step = {
  readonly label: string;
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
};

/** Runs one command of the build; `build-failed` with its last lines when it does not end well, or `interrupted`. */
export async function runStep(step: Step, { toolchain, signal }: Runner): Promise<Result<void>> {
  const outcome = await toolchain.run({ ...step, env: step.env ?? {} });
  if (signal.aborted) {
    return fail('interrupted', 'The build was interrupted.', 'Run the same command again.');
  }
  return outcome.exitCode === 0 ? ok(undefined) : stepFailed(step, outcome);
}

/** One after the other, until one fails. */
export async function runSteps(steps: readonly Step[], runner: Runner): Promise<Result<void>> {
  for (const step of steps) {
    const result = await runStep(step, runner);
    if (!result.ok) return result;
  }
  return ok(undefined);
}

function stepFailed({ label, argv }: Step, outcome: CommandOutcome): Result<never> {
  const end = outcome.signal === null ? `exit code ${outcome.exitCode}` : `signal ${outcome.signal}`;
  return fail(
    'build-failed',
    `The step "${label}" failed: ${argv[0]} ended with ${end}.`,
    'Its last lines say why, and the full log has the rest; the recipe of build-python is where to mend it.',
    outcome.tail.join('\n'),
  );
}
