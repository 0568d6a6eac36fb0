import { fail, type Manifest, ok, parseManifest, type Result, type Runtime } from '@dtvem/contracts';
import { type ObjectStore, readText } from '@dtvem/object-store';

/** A manifest as it was stored. `etag` names just this state of the object. */
export type StoredManifest = { readonly manifest: Manifest; readonly text: string; readonly etag: string };

/** `python` → `python.json`, in the bucket of the manifests. */
export function manifestKey(runtime: Runtime): string {
  return `${runtime}.json`;
}

/** The runtime's manifest, or undefined when there is none yet. Problems: `manifest-invalid`, and the store's. */
export async function readManifest(
  runtime: Runtime,
  manifests: ObjectStore,
  signal: AbortSignal,
): Promise<Result<StoredManifest | undefined>> {
  const stored = await manifests.get(manifestKey(runtime), readText, signal);
  if (!stored.ok) return stored;
  if (stored.value === undefined) return ok(undefined);
  const manifest = parseManifest(stored.value.text);
  if (manifest.ok) return ok({ manifest: manifest.value, ...stored.value });
  return fail(
    'manifest-invalid',
    `${manifestKey(runtime)} in ${manifests.name} is not a manifest that dtvem reads. It was left as it is.`,
    'Mend or delete that object by hand, and run it again.',
    manifest.message,
  );
}
