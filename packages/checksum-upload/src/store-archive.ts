import { createHash } from 'node:crypto';
import { archiveKey, type BuildRequest, fail, ok, type Result } from '@dtvem/contracts';
import type { ObjectDescription } from '@dtvem/object-store';
import type { PublishPorts } from './publish-ports.ts';
import { contentTypeOf, IMMUTABLE } from './stored-as.ts';
import type { VerifiedFile } from './verified-file.ts';

/** The archive that now stands under the request's key. */
export type StoredArchive = { readonly sha256: string; readonly size: number };

/**
 * Stores the file under the request's key if nothing is there, and reads back what the store made of it. What is
 * there already without a meta object, a crashed run's upload say, is adopted when its bytes prove to be whole.
 */
export async function storeArchive(
  request: BuildRequest,
  file: VerifiedFile,
  ports: PublishPorts,
): Promise<Result<StoredArchive>> {
  const { store, report, signal } = ports;
  const key = archiveKey(request);
  const put = await store.put(
    {
      key,
      body: () => file.body(report),
      size: file.size,
      sha256: file.sha256,
      contentType: contentTypeOf(key),
      cacheControl: IMMUTABLE,
      metadata: { sha256: file.sha256 },
      condition: 'create',
    },
    signal,
  );
  if (!put.ok) return file.hasChanged() ? changed(key) : put;
  const stored = await store.head(key, signal);
  if (!stored.ok) return stored;
  if (stored.value !== undefined && isWhole(stored.value, file))
    return ok({ sha256: file.sha256, size: file.size });
  return put.value === 'stored' ? readBackDiffers(key, file, stored.value) : adopt(key, file, ports);
}

function isWhole(stored: ObjectDescription, file: VerifiedFile): boolean {
  return (
    stored.size === file.size &&
    stored.metadata['sha256'] === file.sha256 &&
    stored.cacheControl === IMMUTABLE
  );
}

/** Takes over an archive that another run left, provided that its bytes have the sum that they were stored with. */
async function adopt(key: string, file: VerifiedFile, ports: PublishPorts): Promise<Result<StoredArchive>> {
  const { store, report, signal } = ports;
  report({ kind: 'doing', text: `Reading back ${key}, which an earlier run left without its meta object` });
  const read = await store.get(key, hashStored, signal);
  if (!read.ok) return read;
  const found = read.value;
  if (found === undefined || found.sha256 !== found.promised) return conflict(key, file, found);
  if (found.sha256 !== file.sha256)
    report({ kind: 'note', text: `${key} keeps the bytes of an earlier build of it.` });
  return ok({ sha256: found.sha256, size: found.size });
}

type FoundArchive = StoredArchive & { readonly promised: string | undefined };

async function hashStored(body: AsyncIterable<Uint8Array>, object: ObjectDescription): Promise<FoundArchive> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of body) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { sha256: hash.digest('hex'), size, promised: object.metadata['sha256'] };
}

function changed(key: string): Result<never> {
  return fail(
    'file-changed',
    `The file for ${key} changed while it was uploaded. The store has none of it.`,
    'Let nothing write to the file, and run it again.',
  );
}

function readBackDiffers(
  key: string,
  file: VerifiedFile,
  stored: ObjectDescription | undefined,
): Result<never> {
  return fail(
    'read-back-differs',
    `The store holds ${key} otherwise than it was sent. It is not published: it has no meta object.`,
    'Delete the object by hand, and find out what stands between here and the store.',
    JSON.stringify(
      { sent: { size: file.size, sha256: file.sha256, cacheControl: IMMUTABLE }, stored },
      null,
      2,
    ),
  );
}

function conflict(key: string, file: VerifiedFile, found: FoundArchive | undefined): Result<never> {
  return fail(
    'immutable-conflict',
    `${key} holds other bytes, and they are not what they were stored as. Nothing was written.`,
    'Delete the object by hand and run it again; or, when its bytes are the right ones, publish them from their file.',
    [
      `stored bytes:  sha256 ${found?.sha256 ?? 'gone'}`,
      `their promise: sha256 ${found?.promised ?? 'none'}`,
      `this build:    sha256 ${file.sha256}`,
    ].join('\n'),
  );
}
