import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { readText } from '@dtvem/object-store';
import { type LocalR2, makeTempFolder, spawnAction, startR2, type TempFolder } from '@dtvem/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

const action = resolve(import.meta.dirname, '..');
const bytes = 'an archive';
const sha256 = createHash('sha256').update(bytes).digest('hex');
let r2: LocalR2;
let folder: TempFolder;

beforeAll(async () => {
  [r2, folder] = await Promise.all([startR2(), makeTempFolder()]);
  await writeFile(join(folder.path, 'archive.tar.gz'), bytes);
});

afterAll(async () => {
  await r2.close();
  await folder.remove();
});

const inputs = (changes: Readonly<Record<string, string>> = {}) => ({
  file: join(folder.path, 'archive.tar.gz'),
  sha256,
  request: JSON.stringify({
    schemaVersion: 1,
    runtime: 'python',
    version: '3.13.5',
    platform: 'linux-amd64',
  }),
  profile: 'optimized',
  endpoint: r2.endpoint,
  bucket: 'builds',
  'access-key-id': r2.credentials.accessKeyId,
  'secret-access-key': r2.credentials.secretAccessKey,
  ...changes,
});

test('the bundle publishes a file, and again has nothing to do', async () => {
  const first = await spawnAction(action, { inputs: inputs() });
  expect(first, first.stdout + first.stderr).toMatchObject({
    exitCode: 0,
    stderr: '',
    outputs: {
      outcome: 'published',
      key: 'python/3.13.5/linux-amd64.tar.gz',
      sha256,
      size: '10',
      'reason-code': '',
    },
    annotations: [],
  });
  expect(first.summary).toContain(sha256);
  const key = 'python/3.13.5/linux-amd64.meta.json';
  const meta = await r2.store('builds').get(key, readText);
  expect(meta).toMatchObject({ value: { text: expect.stringContaining(sha256) } });
  const second = await spawnAction(action, { inputs: inputs() });
  expect(second).toMatchObject({ exitCode: 0, outputs: { outcome: 'already-published' } });
});

test('the bundle refuses a file that is not the one that was built', async () => {
  const run = await spawnAction(action, { inputs: inputs({ sha256: 'f'.repeat(64) }) });
  expect(run).toMatchObject({
    exitCode: 1,
    outputs: { outcome: '', key: '', 'reason-code': 'sha256-differs' },
    annotations: [{ name: 'error' }],
  });
  expect(run.summary).toContain(sha256);
});

test('the bundle refuses a quick build', async () => {
  const run = await spawnAction(action, { inputs: inputs({ profile: 'quick' }) });
  expect(run).toMatchObject({ exitCode: 1, outputs: { 'reason-code': 'profile-not-publishable' } });
});

test('the bundle names every wrong input, and shows no key', async () => {
  const wrong = inputs({ sha256: 'abc', endpoint: 'nowhere', request: '{}' });
  const run = await spawnAction(action, { inputs: wrong });
  expect(run).toMatchObject({ exitCode: 1, outputs: { 'reason-code': 'input-invalid' } });
  for (const name of ['sha256', 'endpoint', 'request']) expect(run.outputs['result']).toContain(name);
  const shown = run.stdout.replaceAll(/^::add-mask::.*$/gm, '');
  expect(shown + run.summary).not.toContain(r2.credentials.secretAccessKey);
});
