import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  archiveKey,
  type BuildRequest,
  metaKey,
  metaObjectSchema,
  type ProgressEvent,
  parseJson,
} from '@dtvem/contracts';
import { type ObjectStore, readText, s3Store, textObject } from '@dtvem/object-store';
import { type EmbeddedStore, startEmbeddedStore } from '@dtvem/object-store/embedded';
import { type FaultProxy, startFaultProxy } from '@dtvem/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type PublishOrder, publishArchive } from '../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'checksum-upload-'));
const IMMUTABLE = 'public, max-age=31536000, immutable';
const AT = new Date('2026-11-22T18:00:00.987Z');

let embedded: EmbeddedStore;
let proxy: FaultProxy;
let store: ObjectStore;
let notes: string[];
let request: BuildRequest;
let place: { archive: string; meta: string };
let patch = 0;

beforeAll(async () => {
  const started = await startEmbeddedStore({ folder: join(folder, 'r2'), buckets: ['builds'], port: 0 });
  if (!started.ok) throw new Error(started.problem.message);
  embedded = started.value;
  proxy = await startFaultProxy(embedded.endpoint);
  const retries = { tries: 3, firstWaitMs: 1 };
  store = s3Store({ endpoint: proxy.endpoint, bucket: 'builds', credentials: embedded.credentials, retries });
});

afterAll(async () => {
  await proxy.stop();
  await embedded.stop();
  rmSync(folder, { recursive: true });
});

beforeEach(() => {
  patch += 1;
  notes = [];
  request = { schemaVersion: 1, runtime: 'python', version: `3.13.${patch}`, platform: 'linux-amd64' };
  place = { archive: archiveKey(request), meta: metaKey(request) };
});

const sum = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex');

/** An order to publish these bytes, with the sum that they really have. */
function orderOf(bytes: string | Buffer, changes: Partial<PublishOrder> = {}): PublishOrder {
  const archivePath = join(folder, `${sum(bytes)}.tar.gz`);
  writeFileSync(archivePath, bytes);
  return { request, archivePath, expectedSha256: sum(bytes), profile: 'optimized', at: AT, ...changes };
}

function publish(
  order: PublishOrder,
  changes: { store?: ObjectStore; storeKind?: 'embedded' | 'remote' } = {},
) {
  const report = (event: ProgressEvent) => event.kind === 'note' && notes.push(event.text);
  const signal = new AbortController().signal;
  return publishArchive(order, { store, storeKind: 'remote', report, signal, ...changes });
}

async function readMeta() {
  const stored = await store.get(place.meta, readText);
  if (!stored.ok || stored.value === undefined) return undefined;
  const meta = parseJson(metaObjectSchema, stored.value.text);
  return meta.ok ? meta.value : meta.message;
}

async function readArchive(): Promise<string | undefined> {
  const stored = await store.get(place.archive, readText);
  return stored.ok ? stored.value?.text : undefined;
}

async function keys(): Promise<readonly string[]> {
  const listed = await store.list(`python/${request.version}/`);
  return listed.ok ? listed.value.map(({ key }) => key) : [];
}

async function putArchive(text: string, metadata: Readonly<Record<string, string>>): Promise<void> {
  const headers = { contentType: 'application/gzip', cacheControl: IMMUTABLE, condition: 'create' } as const;
  await store.put({ ...textObject({ key: place.archive, text, ...headers }), metadata });
}

async function putMeta(meta: object | string): Promise<void> {
  const text = typeof meta === 'string' ? meta : JSON.stringify(meta);
  const headers = { contentType: 'application/json', cacheControl: IMMUTABLE, condition: 'create' } as const;
  await store.put(textObject({ key: place.meta, text, ...headers }));
}

const metaOf = (bytes: string, changes: object = {}) => ({
  sha256: sum(bytes),
  sha256_source: 'dtvem',
  source_url: 'built-from-source',
  mirrored_at: '2026-01-01T00:00:00Z',
  size: bytes.length,
  ...changes,
});

const result = (outcome: string, bytes: string | Buffer) => ({
  ok: true,
  value: { schemaVersion: 1, outcome, key: place.archive, sha256: sum(bytes), size: bytes.length },
});

describe('a first publish', () => {
  test('stores the archive with its sum and headers, then the meta object', async () => {
    const bytes = Buffer.alloc(3_500_000, 'archive');
    const before = proxy.requests.length;
    expect(await publish(orderOf(bytes))).toEqual(result('published', bytes));
    expect(await store.head(place.archive)).toMatchObject({
      value: {
        size: bytes.length,
        contentType: 'application/gzip',
        cacheControl: IMMUTABLE,
        metadata: { sha256: sum(bytes) },
      },
    });
    expect(await readMeta()).toEqual({
      sha256: sum(bytes),
      sha256_source: 'dtvem',
      source_url: 'built-from-source',
      mirrored_at: '2026-11-22T18:00:00Z',
      size: bytes.length,
    });
    expect(await store.head(place.meta)).toMatchObject({
      value: { contentType: 'application/json', cacheControl: IMMUTABLE },
    });
    const writes = proxy.requests.slice(before).filter((line) => line.startsWith('PUT'));
    expect(writes.map((line) => line.split('/builds/')[1])).toEqual([place.archive, place.meta]);
  });

  test('names a Windows archive as a zip', async () => {
    request = { ...request, platform: 'windows-amd64' };
    await publish(orderOf('zip'));
    expect(await store.head(archiveKey(request))).toMatchObject({
      value: { contentType: 'application/zip' },
    });
  });

  test.each([
    ['the archive', () => place.archive],
    ['the meta object', () => place.meta],
  ])('succeeds when the response to %s is lost', async (_, key) => {
    proxy.failNext('PUT', key(), 'response-lost');
    expect(await publish(orderOf('bytes'))).toMatchObject({ ok: true, value: { sha256: sum('bytes') } });
    expect(await readMeta()).toMatchObject({ sha256: sum('bytes') });
  });

  test.each([
    ['503', { status: 503 }],
    ['a cut connection', 'cut'],
  ] as const)('goes on after %s', async (_, fault) => {
    proxy.failNext('PUT', place.archive, fault);
    proxy.failNext('HEAD', place.archive, fault);
    proxy.failNext('PUT', place.meta, fault);
    expect(await publish(orderOf('bytes'))).toEqual(result('published', 'bytes'));
  });
});

describe('nothing is sent', () => {
  let before: number;
  beforeEach(() => {
    before = proxy.requests.length;
  });

  test('when the file is not the one that was built', async () => {
    expect(await publish(orderOf('bytes', { expectedSha256: sum('others') }))).toMatchObject({
      ok: false,
      problem: { code: 'sha256-differs', detail: expect.stringContaining(sum('bytes')) },
    });
    expect(proxy.requests.length).toBe(before);
  });

  test('when there is no file', async () => {
    const order = orderOf('bytes', { archivePath: join(folder, 'none') });
    expect(await publish(order)).toMatchObject({ ok: false, problem: { code: 'file-unreadable' } });
    expect(proxy.requests.length).toBe(before);
  });

  test('when the path is a folder', async () => {
    const order = orderOf('bytes', { archivePath: folder });
    expect(await publish(order)).toMatchObject({ ok: false, problem: { code: 'file-unreadable' } });
  });

  test('when the build is a quick one, except to the embedded store', async () => {
    const order = orderOf('bytes', { profile: 'quick' });
    expect(await publish(order)).toMatchObject({ ok: false, problem: { code: 'profile-not-publishable' } });
    expect(proxy.requests.length).toBe(before);
    expect(await publish(order, { storeKind: 'embedded' })).toEqual(result('published', 'bytes'));
  });
});

describe('a file that changes while it is uploaded', () => {
  /** The store, with something done to the file between the check of its sum and its upload. */
  const afterCheck = (change: () => void): ObjectStore => ({
    ...store,
    put: (object, signal) => {
      change();
      return store.put(object, signal);
    },
  });

  test('is noticed, and nobody receives all of it', async () => {
    const order = orderOf(Buffer.alloc(3_000_000, 'a'));
    const meddling = afterCheck(() => writeFileSync(order.archivePath, Buffer.alloc(3_000_000, 'b')));
    expect(await publish(order, { store: meddling })).toMatchObject({
      ok: false,
      problem: { code: 'file-changed' },
    });
    expect(await keys()).toEqual([]);
  });

  test('is noticed when it became shorter', async () => {
    const order = orderOf('some bytes');
    const meddling = afterCheck(() => writeFileSync(order.archivePath, 'some'));
    expect(await publish(order, { store: meddling })).toMatchObject({
      ok: false,
      problem: { code: 'file-changed' },
    });
    expect(await keys()).toEqual([]);
  });

  test('counts with the bytes that were checked when something was appended or put in its place', async () => {
    const order = orderOf('some bytes');
    const meddling = afterCheck(() => {
      appendFileSync(order.archivePath, ' and more');
      rmSync(order.archivePath);
      writeFileSync(order.archivePath, 'replaced');
    });
    expect(await publish(order, { store: meddling })).toEqual(result('published', 'some bytes'));
    expect(await readArchive()).toBe('some bytes');
  });
});

describe('a later publish', () => {
  test('of the same bytes has nothing to do', async () => {
    await publish(orderOf('bytes'));
    const before = proxy.requests.length;
    expect(await publish(orderOf('bytes'))).toEqual(result('already-published', 'bytes'));
    expect(proxy.requests.slice(before).filter((line) => line.startsWith('PUT'))).toEqual([]);
    expect(notes).toEqual([]);
  });

  test('of other bytes keeps the first ones, and says so', async () => {
    await publish(orderOf('first'));
    expect(await publish(orderOf('second'))).toEqual(result('already-published', 'first'));
    expect(await readArchive()).toBe('first');
    expect(notes).toEqual([expect.stringContaining(sum('first'))]);
  });

  test('leaves alone what the mirror published under another ending', async () => {
    const key = place.archive.replace('.tar.gz', '.tar.xz');
    const headers = {
      contentType: 'application/x-xz',
      cacheControl: IMMUTABLE,
      condition: 'create',
    } as const;
    await store.put(textObject({ key, text: 'mirrored', ...headers }));
    await putMeta(
      metaOf('mirrored', {
        source_url: 'https://example.test/a.tar.xz',
        sha256: sum('mirrored').toUpperCase(),
      }),
    );
    expect(await publish(orderOf('ours'))).toMatchObject({
      ok: true,
      value: { outcome: 'already-published', key, sha256: sum('mirrored') },
    });
    expect(await keys()).toEqual([place.meta, key].toSorted());
  });

  test('of two at once publishes one, and both report what is stored', async () => {
    const both = await Promise.all([publish(orderOf('left')), publish(orderOf('right'))]);
    const stored = await readArchive();
    expect(both.map((one) => one.ok && one.value.sha256)).toEqual([sum(stored ?? ''), sum(stored ?? '')]);
    expect(await readMeta()).toMatchObject({ sha256: sum(stored ?? '') });
  });
});

describe('what a crashed run left', () => {
  test('an archive of the same bytes is completed', async () => {
    await putArchive('bytes', { sha256: sum('bytes') });
    expect(await publish(orderOf('bytes'))).toEqual(result('published', 'bytes'));
  });

  test('an archive of other bytes is adopted when it is whole, and this run’s bytes are dropped', async () => {
    await putArchive('earlier', { sha256: sum('earlier') });
    expect(await publish(orderOf('later'))).toEqual(result('published', 'earlier'));
    expect(await readArchive()).toBe('earlier');
    expect(await readMeta()).toMatchObject({ sha256: sum('earlier'), size: 7 });
    expect(notes).toHaveLength(1);
  });

  test('an archive that does not keep its promise is a conflict that names all sums', async () => {
    await putArchive('spoilt', { sha256: sum('earlier') });
    const outcome = await publish(orderOf('later'));
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'immutable-conflict' } });
    for (const bytes of ['spoilt', 'earlier', 'later'])
      expect(!outcome.ok && outcome.problem.detail).toContain(sum(bytes));
    expect(await keys()).toEqual([place.archive]);
  });

  test('a meta object without its archive is completed by the same bytes, and by no others', async () => {
    await putMeta(metaOf('promised'));
    expect(await publish(orderOf('others'))).toMatchObject({
      ok: false,
      problem: { code: 'immutable-conflict' },
    });
    expect(await keys()).toEqual([place.meta]);
    expect(await publish(orderOf('promised'))).toEqual(result('already-published', 'promised'));
    expect(await readArchive()).toBe('promised');
  });

  test('a meta object of another archive is a conflict', async () => {
    await putArchive('bytes', { sha256: sum('bytes') });
    await putMeta(metaOf('others', { size: 5 }));
    expect(await publish(orderOf('bytes'))).toMatchObject({
      ok: false,
      problem: { code: 'immutable-conflict' },
    });
  });

  test('a meta object that is none is named', async () => {
    await putMeta('<html>');
    const outcome = await publish(orderOf('bytes'));
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'meta-object-invalid' } });
    expect(!outcome.ok && outcome.problem.message).toContain(place.meta);
  });
});

describe('a store that spoils what it stores', () => {
  test.each([
    ['loses the cache control', { cacheControl: '' }],
    ['loses the metadata', { metadata: {} }],
  ])('is found out before the meta object is written: it %s', async (_, spoilt) => {
    const spoiling: ObjectStore = {
      ...store,
      put: (object, signal) => store.put({ ...object, ...spoilt }, signal),
    };
    expect(await publish(orderOf('bytes'), { store: spoiling })).toMatchObject({
      ok: false,
      problem: { code: 'read-back-differs' },
    });
    expect(await keys()).toEqual([place.archive]);
  });
});
