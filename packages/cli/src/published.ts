import { type BuildRequest, findEntry, type ManifestEntry, ok, type Result } from '@dtvem/contracts';
import { readManifest } from '@dtvem/generate-manifests';
import type { OpenStores } from './stores.ts';

/** The manifest's entry for this request. An object's own address is never asked: a cached 404 would stay. */
export function findPublished(
  request: BuildRequest,
  openStores: OpenStores,
  signal: AbortSignal,
): Promise<Result<ManifestEntry | undefined>> {
  return openStores(async (stores) => {
    const read = await readManifest(request.runtime, stores.manifests, signal);
    return read.ok
      ? ok(read.value && findEntry(read.value.manifest, request.version, request.platform))
      : read;
  });
}
