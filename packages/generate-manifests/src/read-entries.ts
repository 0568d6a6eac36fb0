import { type ManifestEntry, metaObjectSchema, ok, parseJson, type Result } from '@dtvem/contracts';
import { type ObjectStore, readText } from '@dtvem/object-store';
import pMap, { pMapSkip } from 'p-map';
import { buildEntry } from './build-entry.ts';
import type { BuildListing, ListedBuild } from './list-builds.ts';

/** Requests under way at once: enough to hide the way to the store, below the client's 50 connections. */
const READS_AT_ONCE = 32;

/** What the store says of one place. Without an entry, `warning` says why it is left out. */
export type StoreEntry = Pick<ListedBuild, 'version' | 'platform'> &
  (
    | { readonly entry: ManifestEntry }
    /** `unreadable`: something is published there, but the store does not tell what. */
    | { readonly entry: undefined; readonly unreadable: boolean; readonly warning: string }
  );

type Ports = { readonly builds: ObjectStore; readonly baseUrl: string; readonly signal: AbortSignal };

/** Reads the meta object of every listed build, many at once. The first problem of the store ends it. */
export async function readEntries(
  listing: BuildListing,
  ports: Ports,
): Promise<Result<readonly StoreEntry[]>> {
  let problem: Result<never> | undefined;
  const read = async (build: ListedBuild) => {
    if (problem !== undefined) return pMapSkip;
    const entry = await readEntry(build, listing.keys, ports);
    if (entry.ok) return entry.value;
    problem = entry;
    return pMapSkip;
  };
  const entries = await pMap(listing.builds, read, { concurrency: READS_AT_ONCE });
  return problem ?? ok(entries);
}

async function readEntry(
  build: ListedBuild,
  keys: ReadonlySet<string>,
  { builds, baseUrl, signal }: Ports,
): Promise<Result<StoreEntry>> {
  const stored = await builds.get(build.metaKey, readText, signal);
  if (!stored.ok) return stored;
  if (stored.value === undefined) return ok(leftOut(build, 'it vanished while it was listed', false));
  const meta = parseJson(metaObjectSchema, stored.value.text);
  if (!meta.ok) return ok(leftOut(build, `it is no meta object: ${meta.message}`, true));
  const entry = buildEntry(build, meta.value, keys, baseUrl);
  if (entry === undefined) return ok(leftOut(build, 'its archive is not in the store', false));
  return ok({ version: build.version, platform: build.platform, entry });
}

function leftOut(
  { version, platform, metaKey }: ListedBuild,
  reason: string,
  unreadable: boolean,
): StoreEntry {
  return { version, platform, entry: undefined, unreadable, warning: `${metaKey} is left out: ${reason}.` };
}
