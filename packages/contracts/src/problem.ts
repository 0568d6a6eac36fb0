import * as v from 'valibot';
import { reasonCodeSchema } from './reason-code.ts';

/** An expected failure: what happened, and what the reader can do about it. Both are one plain sentence. */
export const problemSchema = v.strictObject({
  code: reasonCodeSchema,
  message: v.string(),
  next: v.string(),
  /** Evidence that is worth showing folded: the last lines of a log, both checksums. Untrusted text. */
  detail: v.optional(v.string()),
});
export type Problem = Readonly<v.InferOutput<typeof problemSchema>>;
