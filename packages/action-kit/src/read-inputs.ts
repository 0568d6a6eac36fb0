import { fail, ok, type Result } from '@dtvem/contracts';
import * as v from 'valibot';
import type { ActionSpec, Inputs, InputValues } from './action-spec.ts';
import { traitsOf } from './input.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The variable under which the runner hands over an input: upper case, and hyphens stay. */
export function inputVariable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}

/** All inputs as typed values, or `input-invalid` with every problem that they have, one a line. */
export function readInputs<I extends Inputs>(
  spec: ActionSpec<I>,
  environment: Environment,
): Result<InputValues<I>> {
  const given = Object.fromEntries(
    Object.keys(spec.inputs).map((name) => [name, environment[inputVariable(name)] ?? '']),
  );
  const parsed = v.safeParse(v.object(spec.inputs), given);
  if (parsed.success) return ok(parsed.output);
  const wrong = parsed.issues.map((issue) => `Input ${v.getDotPath(issue) ?? ''}: ${issue.message}.`);
  return fail(
    'input-invalid',
    wrong.join(' '),
    `Correct ${wrong.length === 1 ? 'this input' : 'these inputs'} in the workflow; the README of ${spec.name} lists what each takes.`,
  );
}

/** The values that the log must not show: all secret inputs, line by line, as the runner masks. */
export function secretValues(spec: ActionSpec, environment: Environment): readonly string[] {
  return Object.entries(spec.inputs)
    .filter(([, input]) => traitsOf(input).secret)
    .flatMap(([name]) => (environment[inputVariable(name)] ?? '').split(/\r?\n/))
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
