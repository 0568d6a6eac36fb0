import { join } from 'node:path';
import { ok, type Result, type Runtime } from '@dtvem/contracts';
import { chooseVersions } from './choose-versions.ts';
import type { FetchText } from './fetch-text.ts';
import { mergeReleases } from './merge-releases.ts';
import { printReleasesFile, readReleasesFile, replaceFiles } from './releases-file.ts';
import type { LeftOut, ListUpstream } from './upstream-list.ts';

/** What one runtime's upstream brought. */
export type RuntimeUpdate = {
  readonly runtime: Runtime;
  readonly added: readonly string[];
  readonly leftOut: readonly LeftOut[];
};

export type UpdateOptions = {
  /** Folder with `<runtime>.json`. */
  readonly dataFolder: string;
  /** Whether what is pinned is compared with upstream's lists again. */
  readonly recheck: boolean;
};

/**
 * Adds the new releases of the given upstreams to their data files, all or none: when one upstream's list fails,
 * nothing is written. Fails with the codes of `ListUpstream`, `source-mismatch` for a changed checksum, and
 * `file-unreadable`.
 */
export async function updateCatalog(
  upstreams: ReadonlyMap<Runtime, ListUpstream>,
  fetchText: FetchText,
  options: UpdateOptions,
): Promise<Result<readonly RuntimeUpdate[]>> {
  const updates: RuntimeUpdate[] = [];
  const texts = new Map<string, string>();
  for (const [runtime, listUpstream] of upstreams) {
    const path = join(options.dataFolder, `${runtime}.json`);
    const file = await readReleasesFile(path);
    if (!file.ok) return file;
    const pinned = file.value.releases.map(({ version }) => version);
    const list = await listUpstream(fetchText, chooseVersions(pinned, options));
    if (!list.ok) return list;
    const merged = mergeReleases(file.value.releases, list.value.releases);
    if (!merged.ok) return merged;
    const { releases, added } = merged.value;
    if (added.length > 0) texts.set(path, printReleasesFile({ ...file.value, releases }));
    updates.push({ runtime, added, leftOut: list.value.leftOut });
  }
  await replaceFiles(texts);
  return ok(updates);
}
