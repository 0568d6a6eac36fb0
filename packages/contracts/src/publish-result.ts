import * as v from 'valibot';
import { sha256Schema } from './sha256.ts';

/** What checksum-upload did: the bytes now stand under the key, by this run or by an earlier one. */
export const publishResultSchema = v.strictObject({
  schemaVersion: v.literal(1),
  outcome: v.picklist(['published', 'already-published']),
  key: v.string(),
  sha256: sha256Schema,
  size: v.pipe(v.number(), v.integer(), v.minValue(0)),
});
export type PublishResult = Readonly<v.InferOutput<typeof publishResultSchema>>;
