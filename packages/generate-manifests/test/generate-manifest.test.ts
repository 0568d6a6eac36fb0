import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Manifest, type ManifestEntry, parseManifest, printManifest } from '@dtvem/contracts';
import { type ObjectStore, readText, s3Store, textObject } from '@dtvem/object-store';
import { type EmbeddedStore, startEmbeddedStore } from '@dtvem/object-store/embedded';
import { type FaultProxy, startFaultProxy } from '@dtvem/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { generateManifest, generateManifests, type ManifestPorts, readManifest } from '../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'generate-manifests-'));
const signal = new AbortController().signal;
let embedded: EmbeddedStore;
let proxy: FaultProxy;
let buckets = 0;

beforeAll(async () => {
  const names = Array.from({ length: 20 }, (_, i) => [`builds-${i}`, `manifests-${i}`]).flat();
  const started = await startEmbeddedStore({ folder, buckets: names, port: 0 });
  if (!started.ok) throw new Error(started.problem.message);
  embedded = started.value;
  proxy = await startFaultProxy(embedded.endpoint);
});

afterAll(async () => {
  await proxy.stop();
  await embedded.stop();
  rmSync(folder, { recursive: true });
});

afterEach(() => {
  buckets += 1;
});

const bucket = (name: string) =>
  s3Store({
    endpoint: proxy.endpoint,
    bucket: `${name}-${buckets}`,
    credentials: embedded.credentials,
    retries: { tries: 2, firstWaitMs: 1 },
  });

function portsOf(changes: Partial<ManifestPorts> = {}): ManifestPorts {
  const stores = { builds: bucket('builds'), manifests: bucket('manifests') };
  return {
    ...stores,
    baseUrl: 'https://builds.example.test',
    dryRun: false,
    report: () => {},
    signal,
    ...changes,
  };
}

async function put(store: ObjectStore, key: string, text = ''): Promise<void> {
  const stored = await store.put(
    textObject({ key, text, contentType: 'text/plain', cacheControl: 'no-cache', condition: 'create' }),
  );
  if (!stored.ok || stored.value !== 'stored') throw new Error(`${key} was not stored`);
}

const SHA = 'ab'.repeat(32);

/** Puts a meta object, and an archive beside it under each of the endings. */
async function build(place: string, endings: readonly string[], meta: object | string = {}): Promise<void> {
  const store = bucket('builds');
  const whole = {
    sha256: SHA,
    sha256_source: 'dtvem',
    source_url: 'built-from-source',
    mirrored_at: '2026-01-01T00:00:00Z',
    size: 0,
  };
  await put(
    store,
    `${place}.meta.json`,
    typeof meta === 'string' ? meta : JSON.stringify({ ...whole, ...meta }),
  );
  for (const ending of endings) await put(store, `${place}${ending}`);
}

const previousManifest = (versions: Manifest['versions']) =>
  put(bucket('manifests'), 'python.json', printManifest({ version: 1, versions }));

async function manifestText(): Promise<string | undefined> {
  const stored = await bucket('manifests').get('python.json', readText);
  return stored.ok ? stored.value?.text : undefined;
}

async function manifest(): Promise<Manifest['versions'] | undefined> {
  const parsed = parseManifest((await manifestText()) ?? '');
  return parsed.ok ? parsed.value.versions : undefined;
}

const entry = (place: string): ManifestEntry => ({
  url: `https://builds.example.test/${place}`,
  sha256: SHA,
  sha256_source: 'dtvem',
  source: 'built-from-source',
});

describe('the manifest of a store', () => {
  test('lists what was built and what was mirrored, in byte order', async () => {
    await build('python/3.9.1/linux-amd64', ['.tar.gz']);
    await build('python/3.10.0/windows-amd64', ['.zip'], {
      source_url: 'https://upstream.example/python.zip',
      sha256_source: 'upstream',
      sha256: SHA.toUpperCase(),
    });
    await build('python/3.10.0/linux-riscv64', ['.tar.gz']);
    await build('python-other/1.0.0/linux-amd64', ['.tar.gz']);
    expect(await generateManifest('python', portsOf())).toEqual({
      ok: true,
      value: { schemaVersion: 1, runtime: 'python', outcome: 'written', entries: 3, warnings: [] },
    });
    expect(await manifestText()).toBe(`{
  "version": 1,
  "versions": {
    "3.10.0": {
      "linux-riscv64": {
        "url": "https://builds.example.test/python/3.10.0/linux-riscv64.tar.gz",
        "sha256": "${SHA}",
        "sha256_source": "dtvem",
        "source": "built-from-source"
      },
      "windows-amd64": {
        "url": "https://builds.example.test/python/3.10.0/windows-amd64.zip",
        "sha256": "${SHA.toUpperCase()}",
        "sha256_source": "upstream"
      }
    },
    "3.9.1": {
      "linux-amd64": {
        "url": "https://builds.example.test/python/3.9.1/linux-amd64.tar.gz",
        "sha256": "${SHA}",
        "sha256_source": "dtvem",
        "source": "built-from-source"
      }
    }
  }
}`);
    expect(await bucket('manifests').head('python.json')).toMatchObject({
      value: { cacheControl: 'public, max-age=300', contentType: 'application/json' },
    });
  });

  test("takes the archive's ending from its source, or looks for it in order", async () => {
    await build('python/3.1.0/linux-amd64', ['.tar.gz', '.tar.bz2'], {
      source_url: 'https://u.example/a.tar.bz2',
    });
    await build('python/3.1.1/linux-amd64', ['.7z', '.zip', '.tar.xz']);
    await build('python/3.1.2/linux-amd64', ['.tar.zst', '.tar.bz2', '.7z']);
    await generateManifest('python', portsOf());
    const urls = Object.values((await manifest()) ?? {}).map((platforms) => platforms['linux-amd64']?.url);
    expect(urls).toEqual([
      'https://builds.example.test/python/3.1.0/linux-amd64.tar.bz2',
      'https://builds.example.test/python/3.1.1/linux-amd64.tar.xz',
      'https://builds.example.test/python/3.1.2/linux-amd64.7z',
    ]);
  });

  test('leaves out, with a warning, what a user could not install', async () => {
    await build('python/3.1.0/linux-amd64', ['.tar.zst']);
    await build('python/3.1.1/linux-amd64', [], { source_url: 'https://u.example/a.zip' });
    await build('python/3.1.2/linux-amd64', ['.tar.gz'], { sha256: 'no' });
    await build('python/3.1.3/linux-amd64', ['.tar.gz'], '<html>');
    await build('python/latest/linux-amd64', ['.tar.gz']);
    await build('python/3.1.4/linux-amd64/more', ['.tar.gz']);
    await build('python/3.1.5/linux-amd64', ['.tar.gz']);
    const result = await generateManifest('python', portsOf());
    expect(Object.keys((await manifest()) ?? {})).toEqual(['3.1.5']);
    const warnings = result.ok ? result.value.warnings : [];
    expect(warnings.toSorted()).toEqual([
      'python/3.1.0/linux-amd64.meta.json is left out: its archive is not in the store.',
      'python/3.1.1/linux-amd64.meta.json is left out: its archive is not in the store.',
      expect.stringMatching(/^python\/3\.1\.2\/linux-amd64\.meta\.json is left out: .*sha256/),
      expect.stringMatching(/^python\/3\.1\.3\/linux-amd64\.meta\.json is left out: .*not JSON/),
      expect.stringMatching(/^python\/3\.1\.4\/linux-amd64\/more\.meta\.json is left out/),
      expect.stringMatching(/^python\/latest\/linux-amd64\.meta\.json is left out/),
    ]);
  });

  test('is not written where there is nothing to list', async () => {
    expect(await generateManifest('python', portsOf())).toMatchObject({
      value: { outcome: 'unchanged', entries: 0 },
    });
    expect(await manifestText()).toBeUndefined();
  });
});

describe('a manifest that exists', () => {
  test('keeps what the store cannot speak for, and nothing else', async () => {
    const unknown = { url: 'https://else.example/a.zip' };
    await previousManifest({
      '3.1.0': { 'linux-amd64': entry('old'), 'darwin-arm64': null, 'plan9-amd64': unknown },
      '3.1.1': { 'linux-amd64': entry('gone') },
      '3.1.2': { 'linux-amd64': entry('unreadable') },
      '3.1.3': { 'linux-amd64': null },
    });
    await build('python/3.1.0/linux-amd64', ['.tar.gz']);
    await build('python/3.1.2/linux-amd64', ['.tar.gz'], '{}');
    await build('python/3.1.3/linux-amd64', ['.tar.gz']);
    const result = await generateManifest('python', portsOf());
    expect(await manifest()).toEqual({
      '3.1.0': {
        'darwin-arm64': null,
        'linux-amd64': entry('python/3.1.0/linux-amd64.tar.gz'),
        'plan9-amd64': unknown,
      },
      '3.1.2': { 'linux-amd64': entry('unreadable') },
      '3.1.3': { 'linux-amd64': entry('python/3.1.3/linux-amd64.tar.gz') },
    });
    expect(result).toMatchObject({
      value: {
        outcome: 'written',
        entries: 4,
        warnings: [
          '3.1.1 linux-amd64 is no longer in the store and leaves the manifest.',
          expect.stringContaining('3.1.2'),
        ],
      },
    });
  });

  test('is not written again when nothing changed', async () => {
    await build('python/3.1.0/linux-amd64', ['.tar.gz']);
    await generateManifest('python', portsOf());
    const before = proxy.requests.length;
    expect(await generateManifest('python', portsOf())).toMatchObject({
      value: { outcome: 'unchanged', entries: 1 },
    });
    expect(proxy.requests.slice(before).filter((line) => line.startsWith('PUT'))).toEqual([]);
  });

  test('is not written by a dry run, which tells what would be', async () => {
    await build('python/3.1.0/linux-amd64', ['.tar.gz']);
    expect(await generateManifest('python', portsOf({ dryRun: true }))).toMatchObject({
      value: { outcome: 'dry-run', entries: 1 },
    });
    expect(await manifestText()).toBeUndefined();
  });

  test('and is no manifest is left as it is', async () => {
    await put(bucket('manifests'), 'python.json', '{"version":2,"versions":{}}');
    await build('python/3.1.0/linux-amd64', ['.tar.gz']);
    expect(await generateManifest('python', portsOf())).toMatchObject({
      ok: false,
      problem: { code: 'manifest-invalid' },
    });
    expect(await manifestText()).toBe('{"version":2,"versions":{}}');
  });

  test('is read with the name of its state, and undefined before there is one', async () => {
    expect(await readManifest('python', bucket('manifests'), signal)).toEqual({ ok: true, value: undefined });
    await previousManifest({ '3.1.0': { 'linux-amd64': null } });
    expect(await readManifest('python', bucket('manifests'), signal)).toMatchObject({
      value: { manifest: { version: 1, versions: { '3.1.0': { 'linux-amd64': null } } } },
    });
  });
});

describe('several writers', () => {
  /** The manifests bucket, in which somebody else is faster by `times` writes. */
  function contested(times: number): ObjectStore {
    const store = bucket('manifests');
    let left = times;
    return {
      ...store,
      put: async (object, same) => {
        if (left > 0) {
          left -= 1;
          await generateManifest('python', portsOf());
          await build(`python/3.2.${left}/linux-amd64`, ['.tar.gz']);
        }
        return store.put(object, same);
      },
    };
  }

  test('lose nothing: who comes second reads again', async () => {
    await build('python/3.1.0/linux-amd64', ['.tar.gz']);
    expect(await generateManifest('python', portsOf({ manifests: contested(2) }))).toMatchObject({
      ok: true,
    });
    expect(Object.keys((await manifest()) ?? {})).toEqual(['3.1.0', '3.2.0', '3.2.1']);
  });

  test('are told when they never get through', async () => {
    await build('python/3.1.0/linux-amd64', ['.tar.gz']);
    const manifests: ObjectStore = {
      ...bucket('manifests'),
      put: async () => ({ ok: true, value: 'changed' }),
    };
    expect(await generateManifest('python', portsOf({ manifests }))).toMatchObject({
      ok: false,
      problem: { code: 'manifest-changed' },
    });
  });

  test('may all be at it at once', async () => {
    for (let i = 0; i < 4; i += 1) await build(`python/3.1.${i}/linux-amd64`, ['.tar.gz']);
    const all = await Promise.all(Array.from({ length: 4 }, () => generateManifest('python', portsOf())));
    expect(all.every((result) => result.ok)).toBe(true);
    expect(Object.keys((await manifest()) ?? {})).toHaveLength(4);
  });
});

describe('a store that fails', () => {
  test('is tried again', async () => {
    await build('python/3.1.0/linux-amd64', ['.tar.gz']);
    proxy.failNext('GET', '/python/3.1.0/linux-amd64.meta.json', { status: 503 });
    proxy.failNext('PUT', '/python.json', 'response-lost');
    expect(await generateManifest('python', portsOf())).toMatchObject({ ok: true, value: { entries: 1 } });
    expect(Object.keys((await manifest()) ?? {})).toEqual(['3.1.0']);
  });

  test('leaves the manifest as it is', async () => {
    await build('python/3.1.0/linux-amd64', ['.tar.gz']);
    await generateManifest('python', portsOf());
    await build('python/3.1.1/linux-amd64', ['.tar.gz']);
    proxy.failNext('GET', '/python/3.1.0/linux-amd64.meta.json', { status: 403 });
    expect(await generateManifest('python', portsOf())).toMatchObject({
      ok: false,
      problem: { code: 'store-denied' },
    });
    expect(Object.keys((await manifest()) ?? {})).toEqual(['3.1.0']);
  });

  test('for one runtime does not keep the others from theirs', async () => {
    await build('ruby/3.4.1/linux-amd64', ['.tar.gz']);
    proxy.failNext('GET', '/python.json', { status: 403 });
    expect(await generateManifests(['python', 'ruby'], portsOf())).toMatchObject({
      ok: false,
      problem: { code: 'store-denied' },
    });
    expect(await readManifest('ruby', bucket('manifests'), signal)).toMatchObject({
      value: { manifest: { versions: { '3.4.1': {} } } },
    });
  });
});
