import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { type ObjectStore, readText, s3Store, textObject } from '../src/index.ts';
import { type Answer, type Received, startCannedServer } from './canned-server.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function storeThatAnswers(
  ...answers: readonly Answer[]
): Promise<{ store: ObjectStore; received: Received[] }> {
  const server = await startCannedServer(answers);
  stops.push(server.stop);
  const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
  const retries = { tries: 3, firstWaitMs: 1 };
  return {
    store: s3Store({ endpoint: server.endpoint, bucket: 'b', credentials, retries }),
    received: server.received,
  };
}

const headers = {
  key: 'a/b.json',
  contentType: 'application/json',
  cacheControl: 'no-cache',
  condition: 'create',
} as const;
const small = textObject({ ...headers, text: 'hello' });

const error = (code: string) =>
  `<?xml version="1.0"?><Error><Code>${code}</Code><Message>no</Message></Error>`;

test('a put is one plain request: sum, length and condition in headers, nothing that R2 does not know', async () => {
  const { store, received } = await storeThatAnswers({ status: 200 });
  // From 2 MiB on the client would wait for a `100 Continue`, which R2 never sends.
  const text = 'x'.repeat(3 << 20);
  await store.put({ ...textObject({ ...headers, text }), metadata: { sha256: 'abc' } });
  expect(received).toHaveLength(1);
  expect(received[0]?.method).toBe('PUT');
  expect(received[0]?.url).toMatch(/^\/b\/a\/b\.json(\?|$)/);
  expect(received[0]?.body === text).toBe(true);
  expect(received[0]?.headers).toMatchObject({
    'content-length': String(text.length),
    'if-none-match': '*',
    'cache-control': 'no-cache',
    'content-type': 'application/json',
    'x-amz-checksum-sha256': createHash('sha256').update(text).digest('base64'),
    'x-amz-meta-sha256': 'abc',
  });
  const names = Object.keys(received[0]?.headers ?? {});
  expect(names.filter((name) => /^expect$|transfer-encoding|trailer|crc/.test(name))).toEqual([]);
});

test.each<[string, Answer]>([
  ['429', { status: 429, body: error('TooManyRequests') }],
  ['500', { status: 500, body: error('InternalError') }],
  ['503', { status: 503, body: error('ServiceUnavailable') }],
  ['409', { status: 409, body: error('ConditionalRequestConflict') }],
  ['a cut connection', 'cut'],
])('%s is tried again, with the whole body', async (_, fault) => {
  const { store, received } = await storeThatAnswers(fault, fault, { status: 200 });
  expect(await store.put(small)).toEqual({ ok: true, value: 'stored' });
  expect(received).toHaveLength(3);
  expect(received[2]?.body).toBe('hello');
});

test('a body that is cut off is read again from its start', async () => {
  const { store, received } = await storeThatAnswers('cut-in-body', { status: 200, body: 'whole' });
  expect(await store.get('a', readText)).toMatchObject({ ok: true, value: { text: 'whole' } });
  expect(received).toHaveLength(2);
});

test.each<[string, Answer, string, number]>([
  ['401', { status: 401, body: error('Unauthorized') }, 'store-denied', 1],
  ['403', { status: 403, body: error('AccessDenied') }, 'store-denied', 1],
  ['400', { status: 400, body: error('BadDigest') }, 'store-failed', 1],
  ['501', { status: 501, body: error('NotImplemented') }, 'store-failed', 1],
  ['503 for ever', { status: 503, body: error('SlowDown') }, 'store-busy', 3],
  ['cut for ever', 'cut', 'store-unreachable', 3],
  ['an answer that is not S3', { status: 404, body: '<html>nginx</html>' }, 'store-failed', 1],
])('%s ends as a problem', async (_, fault, code, tries) => {
  const { store, received } = await storeThatAnswers(fault);
  expect(await store.put(small)).toMatchObject({ ok: false, problem: { code } });
  expect(received).toHaveLength(tries);
});

test('no server at all is a problem that names the endpoint', async () => {
  const { store } = await storeThatAnswers('cut');
  await stops.pop()?.();
  const result = await store.head('a');
  expect(result).toMatchObject({ ok: false, problem: { code: 'store-unreachable' } });
  expect(!result.ok && result.problem.message).toContain('http://127.0.0.1:');
});

test('an interruption ends the call at once and is no fault of the store', async () => {
  const { store } = await storeThatAnswers({ status: 200 });
  expect(await store.put(small, AbortSignal.abort())).toMatchObject({
    ok: false,
    problem: { code: 'interrupted' },
  });
});

test('a listing goes through all pages', async () => {
  const page = (key: string, more: string) =>
    `<?xml version="1.0"?><ListBucketResult><Contents><Key>${key}</Key><Size>1</Size></Contents>${more}</ListBucketResult>`;
  const { store, received } = await storeThatAnswers(
    {
      status: 200,
      body: page('a', '<IsTruncated>true</IsTruncated><NextContinuationToken>T</NextContinuationToken>'),
    },
    { status: 200, body: page('b', '<IsTruncated>false</IsTruncated>') },
  );
  const listed = await store.list('');
  expect(listed).toEqual({
    ok: true,
    value: [
      { key: 'a', size: 1 },
      { key: 'b', size: 1 },
    ],
  });
  expect(received[1]?.url).toContain('continuation-token=T');
});
