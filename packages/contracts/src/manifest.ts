import * as v from 'valibot';

/** One downloadable archive; the keys stand in this order in the file. */
export const manifestEntrySchema = v.strictObject({
  url: v.string(),
  sha256: v.optional(v.pipe(v.string(), v.regex(/^[a-fA-F0-9]{64}$/))),
  sha256_source: v.optional(v.picklist(['upstream', 'dtvem'])),
  source: v.optional(v.string()),
});
export type ManifestEntry = Readonly<v.InferOutput<typeof manifestEntrySchema>>;

/** `<runtime>.json`: version → platform → entry. A value of a wrong type makes the client drop the whole file. */
export const manifestSchema = v.strictObject({
  version: v.literal(1),
  versions: v.record(v.string(), v.record(v.string(), v.nullable(manifestEntrySchema))),
});
export type Manifest = v.InferOutput<typeof manifestSchema>;

/** The entry for one place, or undefined when the manifest does not offer it. */
export function findEntry(manifest: Manifest, version: string, platform: string): ManifestEntry | undefined {
  return manifest.versions[version]?.[platform] ?? undefined;
}
