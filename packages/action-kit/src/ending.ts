import type { Problem, Result } from '@dtvem/contracts';
import * as v from 'valibot';
import { type ActionSpec, COMMON_OUTPUTS } from './action-spec.ts';
import { runnerLog } from './log.ts';
import { logCommand } from './log-command.ts';
import { codeBlock, folded, inlineText } from './markdown.ts';
import { printOutputs } from './output-file.ts';
import type { Runner } from './runner.ts';

/** GitHub shows nothing of a summary above 1 MiB; a character has up to four bytes. */
const MAX_SUMMARY_LENGTH = 250_000;
const MAX_DETAIL_LENGTH = 50_000;

/** What a step left behind, and how it ended. */
export type Ending = {
  readonly outcome: Result<unknown>;
  readonly outputs: ReadonlyMap<string, string>;
  readonly summary: readonly string[];
};

/** A thrown value as the problem that it is: a mistake of ours, with the stack for whoever mends it. */
export function describeBug(action: string, error: unknown): Problem {
  const [message, stack] = error instanceof Error ? [error.message, error.stack ?? ''] : [String(error), ''];
  return {
    code: 'bug',
    message: `This is a bug in ${action}, not a mistake of yours: ${message}`,
    next: 'Report it to the maintainers of the build system, with the stack that the log shows.',
    detail: stack,
  };
}

/** Writes all outputs, the summary and, for a problem, log and annotation. Gives the exit code. */
export function writeEnding(spec: ActionSpec, ending: Ending, runner: Runner): 0 | 1 {
  const outcome = checkResult(spec, ending.outcome);
  runner.append('GITHUB_OUTPUT', printOutputs(allOutputs(spec, outcome, ending.outputs), runner.randomToken));
  const summary = outcome.ok
    ? ending.summary
    : [...ending.summary, renderProblem(spec.name, outcome.problem)];
  runner.append('GITHUB_STEP_SUMMARY', summary.join('\n\n').slice(0, MAX_SUMMARY_LENGTH));
  if (outcome.ok) return 0;
  const { code, message, next, detail } = outcome.problem;
  if (detail) runnerLog(runner).showUntrusted('Details', lastPart(detail));
  runner.write(logCommand('error', { title: `${spec.name}: ${code}` }, `${message} ${next}`));
  return 1;
}

function checkResult(spec: ActionSpec, outcome: Result<unknown>): Result<unknown> {
  if (!outcome.ok) return outcome;
  const parsed = v.safeParse(spec.result, outcome.value);
  if (parsed.success) return outcome;
  const wrong = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'value'}: ${issue.message}`);
  const problem = describeBug(spec.name, 'the step returned a result of the wrong shape');
  return { ok: false, problem: { ...problem, detail: wrong.join('\n') } };
}

function allOutputs(
  spec: ActionSpec,
  outcome: Result<unknown>,
  set: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const names = [...COMMON_OUTPUTS, ...spec.outputs];
  const outputs = new Map(names.map((name) => [name, set.get(name) ?? '']));
  if (outcome.ok) return outputs.set('result', JSON.stringify(outcome.value));
  const { detail, ...problem } = outcome.problem;
  const bounded = detail ? { ...problem, detail: lastPart(detail) } : problem;
  return outputs
    .set('result', JSON.stringify({ schemaVersion: 1, problem: bounded }))
    .set('reason-code', problem.code);
}

function renderProblem(action: string, { code, message, next, detail }: Problem): string {
  const lines = [`### ${action} failed: ${code}`, inlineText(message), `**Next:** ${inlineText(next)}`];
  return [...lines, ...(detail ? [folded('Details', codeBlock(lastPart(detail)))] : [])].join('\n\n');
}

/** The end of a text matters most: that is where it says why it stopped. */
function lastPart(text: string): string {
  return text.slice(-MAX_DETAIL_LENGTH);
}
