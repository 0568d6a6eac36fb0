import * as v from 'valibot';

/**
 * `<platform>.meta.json` as every writer of the bucket makes it (dtvem's own mirror jobs too): readers ignore
 * further keys. A sha256 may be upper case there.
 */
export const metaObjectSchema = v.object({
  sha256: v.pipe(v.string(), v.regex(/^[a-fA-F0-9]{64}$/)),
  sha256_source: v.picklist(['upstream', 'dtvem']),
  source_url: v.string(),
  mirrored_at: v.string(),
  size: v.pipe(v.number(), v.integer(), v.minValue(0)),
});
export type MetaObject = Readonly<v.InferOutput<typeof metaObjectSchema>>;

export const BUILT_FROM_SOURCE = 'built-from-source';

/** The meta object of an archive that this project built. `at` is cut to whole seconds, UTC. */
export function metaObjectOf(
  archive: { readonly sha256: string; readonly size: number },
  at: Date,
): MetaObject {
  return {
    sha256: archive.sha256,
    sha256_source: 'dtvem',
    source_url: BUILT_FROM_SOURCE,
    mirrored_at: `${at.toISOString().slice(0, 19)}Z`,
    size: archive.size,
  };
}
