import * as v from 'valibot';

/** What one gate saw. `evidence` is bounded, untrusted text: what was run and what it answered. */
export const gateResultSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{1,40}$/)),
  title: v.pipe(v.string(), v.maxLength(120)),
  outcome: v.picklist(['passed', 'failed', 'skipped']),
  evidence: v.pipe(v.string(), v.maxLength(4000)),
  seconds: v.pipe(v.number(), v.minValue(0)),
});
export type GateResult = Readonly<v.InferOutput<typeof gateResultSchema>>;
