import {
  fail,
  type Manifest,
  type ManifestResult,
  ok,
  parseManifest,
  printManifest,
  type Report,
  type Result,
  type Runtime,
} from '@dtvem/contracts';
import { type ObjectStore, type PutOutcome, textObject } from '@dtvem/object-store';
import { listBuilds } from './list-builds.ts';
import { mergeManifest } from './merge-manifest.ts';
import { readEntries } from './read-entries.ts';
import { manifestKey, readManifest, type StoredManifest } from './read-manifest.ts';

export type ManifestPorts = {
  readonly builds: ObjectStore;
  readonly manifests: ObjectStore;
  /** Where the builds are public; what an entry's address starts with. */
  readonly baseUrl: string;
  /** Finds out everything and writes nothing. */
  readonly dryRun: boolean;
  readonly report: Report;
  readonly signal: AbortSignal;
};

/** How often another writer may be first before it is called a problem. */
const MAX_ATTEMPTS = 5;

/**
 * Writes the runtime's manifest as the store's meta objects want it, unless it says that already. The write counts
 * only over the manifest that was read: when somebody else wrote meanwhile, everything is read anew.
 */
export async function generateManifest(
  runtime: Runtime,
  ports: ManifestPorts,
): Promise<Result<ManifestResult>> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const done = await attemptManifest(runtime, ports);
    if (!done.ok) return done;
    if (done.value !== 'changed') return ok(done.value);
    ports.report({
      kind: 'note',
      text: `${manifestKey(runtime)} was changed by another writer; reading it again.`,
    });
  }
  return fail(
    'manifest-changed',
    `Other writers changed ${manifestKey(runtime)} each of the ${MAX_ATTEMPTS} times that it was about to be written.`,
    'Run it again when they have ended.',
  );
}

async function attemptManifest(
  runtime: Runtime,
  ports: ManifestPorts,
): Promise<Result<ManifestResult | 'changed'>> {
  const { builds, manifests, report, signal } = ports;
  // First the manifest: an object that appears after its listing is then never missed by who writes last.
  const previous = await readManifest(runtime, manifests, signal);
  if (!previous.ok) return previous;
  const listing = await listBuilds(runtime, builds, signal);
  if (!listing.ok) return listing;
  report({ kind: 'doing', text: `Reading ${listing.value.builds.length} meta objects of ${runtime}` });
  const entries = await readEntries(listing.value, ports);
  if (!entries.ok) return entries;
  const merged = mergeManifest(previous.value?.manifest, entries.value);
  const outcome = await writeManifest(runtime, merged.manifest, previous.value, ports);
  if (!outcome.ok) return outcome;
  if (outcome.value === 'changed') return ok('changed');
  const warnings = [...listing.value.warnings, ...merged.warnings];
  for (const text of warnings) report({ kind: 'note', text });
  return ok({
    schemaVersion: 1,
    runtime,
    outcome: outcome.value,
    entries: countEntries(merged.manifest),
    warnings,
  });
}

async function writeManifest(
  runtime: Runtime,
  manifest: Manifest,
  previous: StoredManifest | undefined,
  { manifests, dryRun, signal }: ManifestPorts,
): Promise<Result<ManifestResult['outcome'] | 'changed'>> {
  const text = printManifest(manifest);
  const checked = parseManifest(text);
  if (!checked.ok) return invalid(runtime, checked.message);
  const isSame = previous === undefined ? countEntries(manifest) === 0 : previous.text === text;
  if (isSame) return ok('unchanged');
  if (dryRun) return ok('dry-run');
  const object = textObject({
    key: manifestKey(runtime),
    text,
    contentType: 'application/json',
    cacheControl: 'public, max-age=300',
    condition: previous === undefined ? 'create' : { ifMatch: previous.etag },
  });
  const put = await manifests.put(object, signal);
  return put.ok ? ok(outcomeOf(put.value)) : put;
}

function outcomeOf(put: PutOutcome): 'written' | 'changed' {
  return put === 'stored' ? 'written' : 'changed';
}

function countEntries(manifest: Manifest): number {
  return Object.values(manifest.versions)
    .flatMap((platforms) => Object.values(platforms))
    .filter((entry) => entry !== null).length;
}

function invalid(runtime: Runtime, message: string): Result<never> {
  return fail(
    'manifest-invalid',
    `The new ${manifestKey(runtime)} would not be one that dtvem reads. It was not written.`,
    'This should not happen: report it to the maintainers of the build system.',
    message,
  );
}
