import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedStore, startEmbeddedStore } from '../src/embedded.ts';
import { type NewObject, type ObjectStore, readText, s3Store, textObject } from '../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 's3-store-'));
let embedded: EmbeddedStore;
let store: ObjectStore;

beforeAll(async () => {
  const started = await startEmbeddedStore({ folder, buckets: ['builds'], port: 0 });
  if (!started.ok) throw new Error(started.problem.message);
  embedded = started.value;
  store = s3Store({ ...embedded, bucket: 'builds' });
});

afterAll(async () => {
  await embedded.stop();
  rmSync(folder, { recursive: true });
});

function object(key: string, text: string, condition: NewObject['condition'] = 'create'): NewObject {
  return textObject({
    key,
    text,
    contentType: 'application/json',
    cacheControl: 'public, max-age=300',
    condition,
  });
}

test('an object comes back with everything it was stored with', async () => {
  const written = { ...object('whole/a.json', 'täxt'), metadata: { sha256: 'abc' } };
  expect(await store.put(written)).toEqual({ ok: true, value: 'stored' });
  expect(await store.head('whole/a.json')).toEqual({
    ok: true,
    value: {
      size: 5,
      etag: expect.stringMatching(/^".+"$/),
      contentType: 'application/json',
      cacheControl: 'public, max-age=300',
      metadata: { sha256: 'abc' },
    },
  });
  expect(await store.get('whole/a.json', readText)).toMatchObject({ ok: true, value: { text: 'täxt' } });
});

test('a create never replaces: the second one is told that the object exists', async () => {
  await store.put(object('once/a.json', 'first'));
  expect(await store.put(object('once/a.json', 'second'))).toEqual({ ok: true, value: 'exists' });
  expect(await store.get('once/a.json', readText)).toMatchObject({ value: { text: 'first' } });
});

test('of many creates at once exactly one stores', async () => {
  const all = Array.from({ length: 8 }, (_, i) => store.put(object('race/a.json', `writer ${i}`)));
  const outcomes = (await Promise.all(all)).map((result) => result.ok && result.value);
  expect(outcomes.toSorted()).toEqual([...Array(7).fill('exists'), 'stored']);
});

test('a replacement counts only over what was read', async () => {
  await store.put(object('swap/a.json', 'one'));
  const read = await store.get('swap/a.json', readText);
  const etag = (read.ok && read.value?.etag) || '';
  expect(await store.put(object('swap/a.json', 'two', { ifMatch: etag }))).toEqual({
    ok: true,
    value: 'stored',
  });
  expect(await store.put(object('swap/a.json', 'three', { ifMatch: etag }))).toEqual({
    ok: true,
    value: 'changed',
  });
  expect(await store.get('swap/a.json', readText)).toMatchObject({ value: { text: 'two' } });
});

test('a replacement of what has gone is told that it changed', async () => {
  expect(await store.put(object('gone/a.json', 'x', { ifMatch: '"0"' }))).toEqual({
    ok: true,
    value: 'changed',
  });
});

test('what is not there is undefined', async () => {
  expect(await store.head('no/such')).toEqual({ ok: true, value: undefined });
  expect(await store.get('no/such', readText)).toEqual({ ok: true, value: undefined });
  expect(await store.list('no/')).toEqual({ ok: true, value: [] });
});

test('a large body is streamed and comes back whole', async () => {
  const chunk = Buffer.alloc(1 << 20, 'dtvem');
  const sha256 = createHash('sha256');
  for (let i = 0; i < 12; i += 1) sha256.update(chunk);
  const sum = sha256.digest('hex');
  const large = {
    ...object('large.bin', ''),
    body: () => Readable.from(Array(12).fill(chunk)),
    size: 12 << 20,
    sha256: sum,
  };
  expect(await store.put(large)).toEqual({ ok: true, value: 'stored' });
  const read = await store.get('large.bin', async (body) => {
    const again = createHash('sha256');
    for await (const part of body) again.update(part);
    return again.digest('hex');
  });
  expect(read).toEqual({ ok: true, value: sum });
});

test('a body that fails half-way stores nothing', async () => {
  async function* broken() {
    yield Buffer.alloc(100);
    throw new Error('the disk went away');
  }
  const half = { ...object('half.bin', ''), body: () => Readable.from(broken()), size: 200 };
  expect(await store.put(half)).toMatchObject({
    ok: false,
    problem: { code: 'file-unreadable', detail: 'the disk went away' },
  });
  expect(await store.head('half.bin')).toEqual({ ok: true, value: undefined });
});

test('a listing holds what starts with the prefix, in order of keys', async () => {
  for (const key of ['list/b', 'list/a', 'listed', 'list/a.b']) await store.put(object(key, key));
  expect(await store.list('list/')).toEqual({
    ok: true,
    value: [
      { key: 'list/a', size: 6 },
      { key: 'list/a.b', size: 8 },
      { key: 'list/b', size: 6 },
    ],
  });
});

test('a wrong key is denied, and not tried again and again', async () => {
  const stranger = s3Store({
    ...embedded,
    bucket: 'builds',
    credentials: { accessKeyId: 'x', secretAccessKey: 'y' },
  });
  expect(await stranger.put(object('denied', 'x'))).toMatchObject({
    ok: false,
    problem: { code: 'store-denied' },
  });
});

test('a bucket that does not exist is a failure, not a missing object', async () => {
  const elsewhere = s3Store({ ...embedded, bucket: 'nowhere' });
  expect(await elsewhere.list('')).toMatchObject({ ok: false, problem: { code: 'store-failed' } });
});
