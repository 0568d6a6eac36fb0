import { join } from 'node:path';
import type { CommandOutcome } from '../command.ts';
import type { Gate, GateContext, Judgement } from '../gate.ts';
import { failed, passed } from '../judgement.ts';

/**
 * A question to Python, asked in Python: the source raises what it finds wrong and ends with the line that says what
 * it saw. Without that line nothing has passed, so an interpreter that says nothing proves nothing.
 */
export type Probe = {
  readonly name: string;
  readonly source: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The interpreter to ask. Default: the archive's own. */
  readonly python?: string;
  readonly cwd?: string;
  readonly seconds?: number;
};

const LAST_LINE = /(?:^|\n)probe passed: ([^\n]+)\n*$/;

/** The interpreter as users and shims start it. */
export function pythonOf(tree: string): string {
  return join(tree, 'bin', 'python');
}

export async function runProbe(context: GateContext, probe: Probe): Promise<Judgement> {
  const { name, source, args = [], python = pythonOf(context.tree), ...options } = probe;
  const outcome = await context.run({ argv: [python, '-c', source, ...args], ...options });
  const answer = outcome.exitCode === 0 ? LAST_LINE.exec(outcome.output)?.[1] : undefined;
  const asked = `${shorten(python, context)} was asked for ${name}`;
  return answer === undefined
    ? failed(`${asked}: ${describeEnd(outcome)}\n${outcome.output}`)
    : passed(`${asked}: ${answer}`);
}

/** One command as a step of a gate: passed when it exits with 0 and its output matches `expected`. */
export async function runStep(
  context: GateContext,
  argv: readonly [string, ...string[]],
  expected: RegExp,
  options: {
    readonly seconds?: number;
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string>>;
  } = {},
): Promise<Judgement> {
  const outcome = await context.run({ argv, ...options });
  const shown = argv.map((word) => shorten(word, context)).join(' ');
  return outcome.exitCode === 0 && expected.test(outcome.output)
    ? passed(`${shown}: ${lastLine(outcome.output)}`)
    : failed(`${shown}: ${describeEnd(outcome)}, and its answer was to match ${expected}\n${outcome.output}`);
}

/** A gate that is one question to the archive's own Python. */
export function probeGate(gate: Pick<Gate, 'id' | 'title'>, probe: (context: GateContext) => Probe): Gate {
  return { ...gate, check: (context) => runProbe(context, probe(context)) };
}

function describeEnd({ exitCode, timedOut }: CommandOutcome): string {
  if (timedOut) return 'it took too long';
  return exitCode === null ? 'it was ended by a signal' : `it exited with ${exitCode}`;
}

function shorten(path: string, { tree }: GateContext): string {
  return path.startsWith(tree) ? `python${path.slice(tree.length)}` : path;
}

function lastLine(output: string): string {
  return output.trimEnd().split('\n').at(-1) ?? '';
}
