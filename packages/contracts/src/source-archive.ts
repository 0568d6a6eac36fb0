import * as v from 'valibot';
import { sha256Schema } from './sha256.ts';

/**
 * One file that upstream (or Debian, where the pin says so) released, with the sha256 that makes it acceptable
 * wherever it comes from. `form` names a shape that differs from upstream's and that the recipe must prepare.
 */
export const sourceArchiveSchema = v.strictObject({
  file: v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._+-]*$/)),
  sha256: sha256Schema,
  size: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  /** Upstream's address, `https` alone; absent when only Debian has this file. */
  url: v.optional(v.pipe(v.string(), v.startsWith('https://'))),
  /** Debian's source package that holds a file of this sha256, and a suite that had it. */
  debian: v.optional(v.strictObject({ package: v.string(), suite: v.string() })),
  form: v.optional(v.picklist(['release', 'repository', 'repacked'])),
});
export type SourceArchive = Readonly<v.InferOutput<typeof sourceArchiveSchema>>;

/** Where the bytes came from. A mirror is a folder or a base URL; a place is never trusted, the sha256 is. */
export const ORIGINS = ['mirror-folder', 'cache', 'mirror-url', 'upstream', 'debian'] as const;
export const originSchema = v.picklist(ORIGINS);
export type Origin = v.InferOutput<typeof originSchema>;
