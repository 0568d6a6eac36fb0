import * as v from 'valibot';
import { buildRequestSchema } from './build-request.ts';
import { manifestEntrySchema } from './manifest.ts';
import { problemSchema } from './problem.ts';

/** What parse-request hands on: build it, it is there already, or why not. */
export const requestDecisionSchema = v.variant('decision', [
  v.strictObject({
    schemaVersion: v.literal(1),
    decision: v.literal('build'),
    request: buildRequestSchema,
    /** The runner's label for `runs-on`. */
    runner: v.string(),
    archiveKey: v.string(),
    archiveFile: v.string(),
  }),
  v.strictObject({
    schemaVersion: v.literal(1),
    decision: v.literal('already-available'),
    request: buildRequestSchema,
    entry: manifestEntrySchema,
  }),
  v.strictObject({ schemaVersion: v.literal(1), decision: v.literal('refused'), problem: problemSchema }),
]);
export type RequestDecision = Readonly<v.InferOutput<typeof requestDecisionSchema>>;
