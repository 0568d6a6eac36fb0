import { sha256Schema } from '@dtvem/contracts';
import * as v from 'valibot';

/**
 * A sha256 in an upstream's list. Lists leave it out, set it null or empty where it was never recorded: all
 * three mean that there is none, never that anything matches.
 */
export const upstreamSha256Schema = v.pipe(
  v.nullish(v.string()),
  v.transform((text) => (text == null || text.trim() === '' ? undefined : text.trim().toLowerCase())),
  v.optional(sha256Schema),
);
