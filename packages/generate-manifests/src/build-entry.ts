import { BUILT_FROM_SOURCE, type ManifestEntry, type MetaObject, publishedEndings } from '@dtvem/contracts';
import type { ListedBuild } from './list-builds.ts';

/** The manifest's entry for a build, or undefined when its archive is not in the store. */
export function buildEntry(
  build: ListedBuild,
  meta: MetaObject,
  keys: ReadonlySet<string>,
  baseUrl: string,
): ManifestEntry | undefined {
  const key = publishedEndings(meta.source_url)
    .map((ending) => `${build.stem}${ending}`)
    .find((candidate) => keys.has(candidate));
  if (key === undefined) return undefined;
  const entry = { url: `${baseUrl}/${key}`, sha256: meta.sha256, sha256_source: meta.sha256_source };
  return meta.source_url === BUILT_FROM_SOURCE ? { ...entry, source: BUILT_FROM_SOURCE } : entry;
}
