import * as v from 'valibot';

/** What `startEmbeddedStore` tells its process to do, once, at the start. */
export const embeddedOrderSchema = v.strictObject({
  folder: v.string(),
  buckets: v.array(v.string()),
  port: v.number(),
  waitMs: v.number(),
  credentials: v.strictObject({ accessKeyId: v.string(), secretAccessKey: v.string() }),
});
export type EmbeddedOrder = v.InferOutput<typeof embeddedOrderSchema>;

/** What the process answers, once. */
export const embeddedAnswerSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('ready'), origin: v.string() }),
  v.strictObject({ kind: v.literal('folder-in-use') }),
  v.strictObject({ kind: v.literal('failed'), message: v.string() }),
]);
export type EmbeddedAnswer = v.InferOutput<typeof embeddedAnswerSchema>;
