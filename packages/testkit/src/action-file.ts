import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { parse } from 'yaml';

const described = v.pipe(v.string(), v.trim(), v.nonEmpty('needs a description'));

/** What an `action.yml` of this project must say, and no more. */
const actionFileSchema = v.strictObject({
  name: described,
  description: described,
  author: described,
  branding: v.strictObject({ icon: described, color: described }),
  inputs: v.optional(
    v.record(
      v.string(),
      v.strictObject({ description: described, required: v.boolean(), default: v.optional(v.string()) }),
    ),
    {},
  ),
  outputs: v.record(v.string(), v.strictObject({ description: described })),
  runs: v.strictObject({ using: v.literal('node24'), main: v.string() }),
});
export type ActionFile = Readonly<v.InferOutput<typeof actionFileSchema>>;

/** An action's `action.yml`, checked; throws with every fault that it has. */
export async function readActionFile(actionFolder: string): Promise<ActionFile> {
  const text = await readFile(join(actionFolder, 'action.yml'), 'utf8');
  return v.parse(actionFileSchema, parse(text));
}
