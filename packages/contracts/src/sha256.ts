import * as v from 'valibot';

/** 64 lower-case hexadecimal digits. */
export const sha256Schema = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits'),
);
export type Sha256 = v.InferOutput<typeof sha256Schema>;
