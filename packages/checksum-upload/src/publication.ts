import {
  archiveKey,
  type BuildRequest,
  fail,
  type MetaObject,
  metaKey,
  metaObjectSchema,
  ok,
  parseJson,
  publishedEndings,
  type Result,
} from '@dtvem/contracts';
import { type ObjectDescription, type ObjectStore, readText } from '@dtvem/object-store';

/** What a meta object says of its archive. `complete` when that archive stands beside it. */
export type Publication = {
  readonly key: string;
  readonly sha256: string;
  readonly size: number;
  readonly complete: boolean;
};

/**
 * What is published for a request so far: undefined without a meta object. Problems: `meta-object-invalid`,
 * `immutable-conflict` when the archive is not the one that the meta object describes, and the store's.
 */
export async function findPublication(
  request: BuildRequest,
  store: ObjectStore,
  signal: AbortSignal,
): Promise<Result<Publication | undefined>> {
  const stored = await store.get(metaKey(request), readText, signal);
  if (!stored.ok) return stored;
  if (stored.value === undefined) return ok(undefined);
  const meta = parseJson(metaObjectSchema, stored.value.text);
  if (!meta.ok) return invalidMeta(metaKey(request), meta.message);
  return findArchive(request, meta.value, store, signal);
}

async function findArchive(
  request: BuildRequest,
  meta: MetaObject,
  store: ObjectStore,
  signal: AbortSignal,
): Promise<Result<Publication>> {
  const said = { sha256: meta.sha256.toLowerCase(), size: meta.size };
  const stem = metaKey(request).slice(0, -'.meta.json'.length);
  for (const ending of publishedEndings(meta.source_url)) {
    const key = `${stem}${ending}`;
    const archive = await store.head(key, signal);
    if (!archive.ok) return archive;
    if (archive.value === undefined) continue;
    return isDescribedBy(archive.value, said)
      ? ok({ key, ...said, complete: true })
      : notDescribed(key, archive.value, said);
  }
  return ok({ key: archiveKey(request), ...said, complete: false });
}

/** Archives that dtvem's mirror jobs stored carry no sha256 of their own. */
function isDescribedBy(archive: ObjectDescription, said: { sha256: string; size: number }): boolean {
  const own = archive.metadata['sha256'] ?? said.sha256;
  return archive.size === said.size && own === said.sha256;
}

function notDescribed(
  key: string,
  archive: ObjectDescription,
  said: { sha256: string; size: number },
): Result<never> {
  return fail(
    'immutable-conflict',
    `${key} is published, but its meta object describes another archive. Nothing was written.`,
    'Find out which of the two is right, delete the wrong one by hand, and run it again.',
    [
      `meta object: sha256 ${said.sha256}, ${said.size} bytes`,
      `archive:     sha256 ${archive.metadata['sha256'] ?? 'unknown'}, ${archive.size} bytes`,
    ].join('\n'),
  );
}

function invalidMeta(key: string, message: string): Result<never> {
  return fail(
    'meta-object-invalid',
    `${key} is there, but it is no meta object. Nothing was written.`,
    'Look at it, delete it by hand when it is of no use, and run it again.',
    message,
  );
}
