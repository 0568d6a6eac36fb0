import type * as v from 'valibot';
import type { Input } from './input.ts';

export type Inputs = Readonly<Record<string, Input>>;

/** What an action takes and gives. `action.yml` says the same to people; the contract test compares the two. */
export type ActionSpec<
  I extends Inputs = Inputs,
  O extends string = string,
  R extends v.GenericSchema = v.GenericSchema,
> = {
  /** The folder's name under `packages/`. */
  readonly name: string;
  readonly inputs: I;
  /** Names of the outputs beside `result` and `reason-code`, which every action has. */
  readonly outputs: readonly O[];
  /** The value that the step returns, which output `result` holds as JSON when it succeeded. */
  readonly result: R;
};

/** The outputs that every action sets on every path. */
export const COMMON_OUTPUTS = ['result', 'reason-code'] as const;

/** Describes an action; the types of `runAction`'s step follow from it. */
export function defineAction<const I extends Inputs, const O extends string, R extends v.GenericSchema>(
  spec: ActionSpec<I, O, R>,
): ActionSpec<I, O, R> {
  return spec;
}

/** The parsed inputs, under the names of action.yml. */
export type InputValues<I extends Inputs> = { readonly [Name in keyof I]: v.InferOutput<I[Name]> };
