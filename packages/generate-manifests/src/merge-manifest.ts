import { isPlatform, isPlatformNotBuilt, type Manifest, type ManifestEntry } from '@dtvem/contracts';
import type { StoreEntry } from './read-entries.ts';

export type MergedManifest = { readonly manifest: Manifest; readonly warnings: readonly string[] };

/**
 * The new manifest: what the store holds, and of the previous one what the store cannot speak for. Those are `null`
 * entries, platforms that this project does not know, and places whose meta object cannot be read just now.
 */
export function mergeManifest(previous: Manifest | undefined, found: readonly StoreEntry[]): MergedManifest {
  const byPlace = new Map(found.map((entry) => [place(entry.version, entry.platform), entry]));
  const merged = new Map<string, Map<string, ManifestEntry | null>>();
  const warnings: string[] = [];
  for (const { version, platform, entry } of entriesOf(previous)) {
    const inStore = byPlace.get(place(version, platform));
    if (isKept(platform, entry, inStore)) set(merged, version, platform, entry);
    else if (inStore === undefined) {
      warnings.push(`${version} ${platform} is no longer in the store and leaves the manifest.`);
    }
  }
  for (const { version, platform, ...rest } of found) {
    if (rest.entry === undefined) warnings.push(rest.warning);
    else set(merged, version, platform, rest.entry);
  }
  const versions = [...merged].map(([version, platforms]) => [version, Object.fromEntries(platforms)]);
  return { manifest: { version: 1, versions: Object.fromEntries(versions) }, warnings };
}

function isKept(platform: string, entry: ManifestEntry | null, inStore: StoreEntry | undefined): boolean {
  const isKnown = isPlatform(platform) || isPlatformNotBuilt(platform);
  if (inStore === undefined) return entry === null || !isKnown;
  return inStore.entry === undefined && inStore.unreadable;
}

function entriesOf(manifest: Manifest | undefined) {
  return Object.entries(manifest?.versions ?? {}).flatMap(([version, platforms]) =>
    Object.entries(platforms).map(([platform, entry]) => ({ version, platform, entry })),
  );
}

function place(version: string, platform: string): string {
  return `${version}/${platform}`;
}

function set<T>(map: Map<string, Map<string, T>>, version: string, platform: string, value: T): void {
  const inner = map.get(version) ?? new Map<string, T>();
  map.set(version, inner.set(platform, value));
}
