import { compareVersions, fail, ok, type Result } from '@dtvem/contracts';
import type { Release } from '../release.ts';

/** The catalog's releases with what is new; `added` names the new versions, oldest first. */
export type Merged = { readonly releases: readonly Release[]; readonly added: readonly string[] };

/**
 * Adds the releases that are not pinned yet. What is pinned stays as it is, and a file that upstream now lists
 * with another sha256 fails with `source-mismatch`: a published archive that changes is an attack or a mistake.
 */
export function mergeReleases(pinned: readonly Release[], listed: readonly Release[]): Result<Merged> {
  const known = new Map(pinned.map((release) => [release.version, release]));
  for (const release of listed) {
    const unchanged = checkUnchanged(known.get(release.version), release);
    if (!unchanged.ok) return unchanged;
  }
  const fresh = listed.filter(({ version }) => !known.has(version)).sort(byVersion);
  return ok({
    releases: [...pinned, ...fresh].sort(byVersion),
    added: fresh.map(({ version }) => version),
  });
}

function byVersion(a: Release, b: Release): number {
  return compareVersions(a.version, b.version);
}

function checkUnchanged(pinned: Release | undefined, listed: Release): Result<void> {
  for (const { file, sha256 } of listed.archives) {
    const pin = pinned?.archives.find((archive) => archive.file === file);
    if (pin === undefined || pin.sha256 === sha256) continue;
    return fail(
      'source-mismatch',
      `Upstream lists another sha256 for ${file} than the catalog pins.`,
      'Find out from upstream why before anything is changed here; nothing was written.',
      `pinned: ${pin.sha256}\nlisted: ${sha256}`,
    );
  }
  return ok(undefined);
}
