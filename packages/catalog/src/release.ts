import { sourceArchiveSchema, versionSchema } from '@dtvem/contracts';
import * as v from 'valibot';

/** One release of a runtime: any of its archives will do, the first is preferred. */
export const releaseSchema = v.object({
  version: versionSchema,
  archives: v.pipe(v.array(sourceArchiveSchema), v.minLength(1)),
});
export type Release = Readonly<v.InferOutput<typeof releaseSchema>>;
