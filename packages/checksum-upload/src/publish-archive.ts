import {
  archiveKey,
  type BuildRequest,
  fail,
  metaKey,
  metaObjectOf,
  ok,
  type Profile,
  type PublishResult,
  type Report,
  type Result,
} from '@dtvem/contracts';
import { type ObjectStore, textObject } from '@dtvem/object-store';
import { findPublication, type Publication } from './publication.ts';
import type { PublishPorts } from './publish-ports.ts';
import { type StoredArchive, storeArchive } from './store-archive.ts';
import { contentTypeOf, IMMUTABLE } from './stored-as.ts';
import { openVerifiedFile, type VerifiedFile } from './verified-file.ts';

export type PublishOrder = {
  readonly request: BuildRequest;
  readonly archivePath: string;
  /** The sum that the build reported: 64 lower-case hexadecimal digits. */
  readonly expectedSha256: string;
  readonly profile: Profile;
  /** The moment that the meta object names. */
  readonly at: Date;
};

/**
 * Publishes an archive for ever: checks its sha256, stores it if nothing is there, reads it back, and then stores
 * the meta object that makes it public. A crash at any point leaves what the next run completes. The result names
 * the bytes that are published, which are an earlier run's where that one was first.
 */
export async function publishArchive(
  order: PublishOrder,
  ports: PublishPorts,
): Promise<Result<PublishResult>> {
  if (order.profile === 'quick' && ports.storeKind !== 'embedded') return quickIsNotPublished(ports.store);
  const file = await openVerifiedFile(order.archivePath, order.expectedSha256, ports.report);
  if (!file.ok) return file;
  try {
    return await publishFile(order, file.value, ports);
  } finally {
    await file.value.close();
  }
}

async function publishFile(
  order: PublishOrder,
  file: VerifiedFile,
  ports: PublishPorts,
): Promise<Result<PublishResult>> {
  const { store, report, signal } = ports;
  const earlier = await findPublication(order.request, store, signal);
  if (!earlier.ok) return earlier;
  if (earlier.value?.complete) return ok(alreadyPublished(earlier.value, file, report));
  if (earlier.value !== undefined && earlier.value.sha256 !== file.sha256)
    return archiveIsMissing(earlier.value, file);
  const archive = await storeArchive(order.request, file, ports);
  if (!archive.ok) return archive;
  return publishMetaObject(order, archive.value, file, ports);
}

async function publishMetaObject(
  { request, at }: PublishOrder,
  archive: StoredArchive,
  file: VerifiedFile,
  { store, report, signal }: PublishPorts,
): Promise<Result<PublishResult>> {
  const meta = textObject({
    key: metaKey(request),
    text: `${JSON.stringify(metaObjectOf(archive, at), null, 2)}\n`,
    contentType: contentTypeOf(metaKey(request)),
    cacheControl: IMMUTABLE,
    condition: 'create',
  });
  const put = await store.put(meta, signal);
  if (!put.ok) return put;
  if (put.value === 'stored') return ok(published('published', { key: archiveKey(request), ...archive }));
  const other = await findPublication(request, store, signal);
  if (!other.ok) return other;
  return other.value?.complete
    ? ok(alreadyPublished(other.value, file, report))
    : metaObjectMoved(metaKey(request));
}

type PublishedArchive = Pick<Publication, 'key' | 'sha256' | 'size'>;

function published(
  outcome: PublishResult['outcome'],
  { key, sha256, size }: PublishedArchive,
): PublishResult {
  return { schemaVersion: 1, outcome, key, sha256, size };
}

function alreadyPublished(earlier: PublishedArchive, file: VerifiedFile, report: Report): PublishResult {
  if (earlier.sha256 !== file.sha256) {
    const text = `${earlier.key} was published before, with other bytes (sha256 ${earlier.sha256}); it keeps them.`;
    report({ kind: 'note', text });
  }
  return published('already-published', earlier);
}

function quickIsNotPublished(store: ObjectStore): Result<never> {
  return fail(
    'profile-not-publishable',
    `A quick build is not published to ${store.name}: what is published there stays for ever.`,
    'Build with the profile optimized.',
  );
}

function archiveIsMissing(earlier: Publication, file: VerifiedFile): Result<never> {
  return fail(
    'immutable-conflict',
    `${earlier.key} is missing, but its meta object promises it, with another sha256. Nothing was written.`,
    'Publish the promised archive if it still exists; otherwise delete the meta object by hand and run it again.',
    `promised:   sha256 ${earlier.sha256}\nthis build: sha256 ${file.sha256}`,
  );
}

function metaObjectMoved(key: string): Result<never> {
  return fail('store-busy', `${key} appeared and vanished while it was being written.`, 'Run it again.');
}
