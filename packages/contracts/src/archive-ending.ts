const KEPT_FROM_SOURCE = ['.tar.gz', '.tar.xz', '.tar.bz2', '.zip', '.7z'] as const;
const SEARCHED = ['.tar.gz', '.tar.xz', '.zip', '.7z'] as const;
export type PublishedEnding = (typeof KEPT_FROM_SOURCE)[number];

/**
 * The endings that the archive beside a meta object may have, the first that exists being the one. A meta object
 * does not name its archive: a mirrored one keeps the ending of its `source_url`, others have to be looked for.
 */
export function publishedEndings(sourceUrl: string): readonly PublishedEnding[] {
  const kept = KEPT_FROM_SOURCE.find((ending) => sourceUrl.endsWith(ending));
  return kept === undefined ? SEARCHED : [kept];
}
