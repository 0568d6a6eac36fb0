import * as v from 'valibot';

/** What finalize-issue did to the issue. Labels that were as they should be are listed too. */
export const finalizeResultSchema = v.strictObject({
  schemaVersion: v.literal(1),
  commentUrl: v.string(),
  comment: v.picklist(['created', 'updated', 'unchanged']),
  labelsAdded: v.array(v.string()),
  labelsRemoved: v.array(v.string()),
  closed: v.boolean(),
});
export type FinalizeResult = Readonly<v.InferOutput<typeof finalizeResultSchema>>;
