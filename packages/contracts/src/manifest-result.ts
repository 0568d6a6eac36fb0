import * as v from 'valibot';
import { runtimeSchema } from './runtime.ts';

/** What generate-manifests did for one runtime. */
export const manifestResultSchema = v.strictObject({
  schemaVersion: v.literal(1),
  runtime: runtimeSchema,
  outcome: v.picklist(['written', 'unchanged', 'dry-run']),
  entries: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** Objects that could not be listed in the manifest, each with the reason. */
  warnings: v.array(v.string()),
});
export type ManifestResult = Readonly<v.InferOutput<typeof manifestResultSchema>>;
