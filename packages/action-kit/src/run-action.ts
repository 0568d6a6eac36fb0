import type { Report, Result } from '@dtvem/contracts';
import type * as v from 'valibot';
import type { ActionSpec, Inputs, InputValues } from './action-spec.ts';
import { describeBug, writeEnding } from './ending.ts';
import { githubOverHttp } from './github-over-http.ts';
import type { GitHubAccess, GitHubPort } from './github-port.ts';
import { abortWhenCancelled, INTERRUPTED } from './interruption.ts';
import { type Log, runnerLog } from './log.ts';
import { logCommand } from './log-command.ts';
import { readInputs, secretValues } from './read-inputs.ts';
import { type Place, placeOf, type Runner, thisRunner } from './runner.ts';

/** All that an action's step gets from the runner. */
export type ActionContext<I extends Inputs = Inputs, O extends string = string> = {
  readonly inputs: InputValues<I>;
  readonly place: Place;
  readonly report: Report;
  /** Shows in the log what others printed, in a group in which the runner obeys no command. */
  readonly showUntrusted: Log['showUntrusted'];
  /** Adds Markdown to the page of the workflow run; `inlineText` and `codeBlock` make others' text harmless. */
  readonly summary: (markdown: string) => void;
  /** Sets an output. Those that stay unset are empty. A refusal that is no failure sets `reason-code`. */
  readonly output: (name: O | 'reason-code', value: string) => void;
  readonly github: (access: GitHubAccess) => GitHubPort;
  /** Aborted when the job is cancelled. */
  readonly signal: AbortSignal;
};

/** An action's work: the value for output `result`, or the problem that fails the job. */
export type ActionStep<I extends Inputs, O extends string, R extends v.GenericSchema> = (
  context: ActionContext<I, O>,
) => Promise<Result<v.InferInput<R>>>;

/**
 * Runs an action as this process and ends it: exit code 0 when the step succeeded, 1 when not. Every output is
 * set on every path; what the step throws is reported as a bug.
 */
export function runAction<I extends Inputs, O extends string, R extends v.GenericSchema>(
  spec: ActionSpec<I, O, R>,
  step: ActionStep<I, O, R>,
): void {
  const runner = thisRunner();
  const log = runnerLog(runner);
  const outputs = new Map<string, string>();
  const summary: string[] = [];
  let hasEnded = false;

  function end(outcome: Result<unknown>): void {
    if (hasEnded) return;
    hasEnded = true;
    log.endGroup();
    const exitCode = writeEnding(spec, { outcome, outputs, summary }, runner);
    process.stdout.write('', () => process.exit(exitCode));
  }
  function endThrown(error: unknown): void {
    if (hasEnded) process.exit(1);
    else if (signal.aborted) end({ ok: false, problem: INTERRUPTED });
    else end({ ok: false, problem: describeBug(spec.name, error) });
  }
  const signal = abortWhenCancelled(() => end({ ok: false, problem: INTERRUPTED }));
  process.on('uncaughtException', endThrown);
  process.on('beforeExit', () => endThrown(new Error('the step stopped without an end')));
  maskSecrets(spec, runner);

  const inputs = readInputs(spec, runner.environment);
  if (!inputs.ok) {
    end(inputs);
    return;
  }
  const baseUrl = runner.environment['GITHUB_API_URL'];
  step({
    inputs: inputs.value,
    place: placeOf(runner),
    report: log.report,
    showUntrusted: log.showUntrusted,
    summary: (markdown) => void summary.push(markdown),
    output: (name, value) => void outputs.set(name, value),
    github: (access) => githubOverHttp(access, { baseUrl, report: log.report, signal }),
    signal,
  }).then(end, endThrown);
}

function maskSecrets(spec: ActionSpec, runner: Runner): void {
  for (const value of secretValues(spec, runner.environment)) runner.write(logCommand('add-mask', {}, value));
}
