import { resolve } from 'node:path';
import { printManifest } from '@dtvem/contracts';
import { readText, textObject } from '@dtvem/object-store';
import { type LocalR2, spawnAction, startR2 } from '@dtvem/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

const action = resolve(import.meta.dirname, '..');
const sha256 = 'ab'.repeat(32);
let r2: LocalR2;

beforeAll(async () => {
  r2 = await startR2();
});

afterAll(() => r2.close());

async function put(key: string, text: string): Promise<void> {
  const headers = { contentType: 'text/plain', cacheControl: 'no-cache', condition: 'create' } as const;
  await r2.store('builds').put(textObject({ key, text, ...headers }));
}

const inputs = (changes: Readonly<Record<string, string>> = {}) => ({
  endpoint: r2.endpoint,
  'builds-bucket': 'builds',
  'manifests-bucket': 'manifests',
  'access-key-id': r2.credentials.accessKeyId,
  'secret-access-key': r2.credentials.secretAccessKey,
  ...changes,
});

async function manifest(): Promise<string | undefined> {
  const stored = await r2.store('manifests').get('ruby.json', readText);
  return stored.ok ? stored.value?.text : undefined;
}

test('the bundle tells what it would write, writes it, and then has nothing to do', async () => {
  await put('ruby/3.4.1/linux-amd64.tar.gz', '');
  const meta = { sha256, sha256_source: 'dtvem', source_url: 'built-from-source', mirrored_at: '', size: 0 };
  await put('ruby/3.4.1/linux-amd64.meta.json', JSON.stringify(meta));
  await put('ruby/3.4.2/linux-amd64.meta.json', JSON.stringify(meta));

  const dry = await spawnAction(action, { inputs: inputs({ 'dry-run': 'true' }) });
  expect(dry, dry.stdout + dry.stderr).toMatchObject({
    exitCode: 0,
    stderr: '',
    outputs: { changed: 'true' },
  });
  expect(await manifest()).toBeUndefined();

  const written = await spawnAction(action, { inputs: inputs({ 'base-url': 'https://b.example.test/x/' }) });
  expect(written).toMatchObject({ exitCode: 0, outputs: { changed: 'true', 'reason-code': '' } });
  expect(JSON.parse(written.outputs['result'] ?? '')).toMatchObject({
    schemaVersion: 1,
    manifests: [
      { runtime: 'python', outcome: 'unchanged', entries: 0 },
      { runtime: 'ruby', outcome: 'written', entries: 1, warnings: [expect.stringContaining('ruby/3.4.2')] },
      { runtime: 'node', outcome: 'unchanged', entries: 0 },
    ],
  });
  expect(written.summary).toContain('ruby/3.4.2/linux-amd64.meta.json');
  const url = 'https://b.example.test/x/ruby/3.4.1/linux-amd64.tar.gz';
  const entry = { url, sha256, sha256_source: 'dtvem' as const, source: 'built-from-source' };
  expect(await manifest()).toBe(
    printManifest({ version: 1, versions: { '3.4.1': { 'linux-amd64': entry } } }),
  );

  const again = await spawnAction(action, { inputs: inputs({ 'base-url': 'https://b.example.test/x/' }) });
  expect(again).toMatchObject({ exitCode: 0, outputs: { changed: 'false' } });
});

test('the bundle says what is wrong with its key', async () => {
  const run = await spawnAction(action, { inputs: inputs({ 'access-key-id': 'someone-else' }) });
  expect(run).toMatchObject({ exitCode: 1, outputs: { changed: '', 'reason-code': 'store-denied' } });
});

test('the bundle refuses a runtime that there is none of', async () => {
  const run = await spawnAction(action, { inputs: inputs({ runtime: 'perl' }) });
  expect(run).toMatchObject({ exitCode: 1, outputs: { 'reason-code': 'input-invalid' } });
  expect(run.annotations[0]?.message).toContain('python, ruby, node, all');
});
