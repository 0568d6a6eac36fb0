import * as v from 'valibot';

/** What action-kit's `defineAction` gives, as far as tests and documents need it. */
export type DescribedAction = {
  readonly name: string;
  readonly inputs: Readonly<Record<string, v.GenericSchema>>;
  readonly outputs: readonly string[];
};

const traitsSchema = v.object({ type: v.string(), mayBeEmpty: v.boolean(), secret: v.boolean() });

/** What action-kit noted on an input: its type for people, and whether it may be empty or must be masked. */
export function traitsOf(input: v.GenericSchema): v.InferOutput<typeof traitsSchema> {
  return v.parse(traitsSchema, v.getMetadata(input));
}
