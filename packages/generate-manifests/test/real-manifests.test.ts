import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type ManifestEntry, parseManifest, RUNTIMES, type Runtime } from '@dtvem/contracts';
import { describe, expect, test } from 'vitest';
import { generateManifest } from '../src/index.ts';
import { memoryStore } from './memory-store.ts';

const real = fileURLToPath(new URL('../../../../shared/contracts/dtvem/', import.meta.url));
const BASE_URL = 'https://builds.dtvem.io';

/** The meta object that dtvem's jobs wrote for an entry of their manifest. */
function metaText(entry: ManifestEntry): string {
  const ending = /\.(?:tar\.(?:gz|xz|bz2)|zip|7z)$/.exec(entry.url)?.[0] ?? '';
  return JSON.stringify({
    sha256: entry.sha256,
    sha256_source: entry.sha256_source,
    source_url: entry.source ?? `https://upstream.example/file${ending}`,
    mirrored_at: '2026-01-01T00:00:00Z',
    size: 1,
  });
}

function storeOf(runtime: Runtime, text: string) {
  const builds = memoryStore();
  const manifest = parseManifest(text);
  if (!manifest.ok) throw new Error(manifest.message);
  for (const [version, platforms] of Object.entries(manifest.value.versions)) {
    for (const [platform, entry] of Object.entries(platforms)) {
      if (entry === null) continue;
      builds.objects.set(entry.url.replace(`${BASE_URL}/`, ''), '');
      builds.objects.set(`${runtime}/${version}/${platform}.meta.json`, metaText(entry));
    }
  }
  return builds;
}

describe.skipIf(!existsSync(real))("a store with the objects of dtvem's own manifests", () => {
  test.each(RUNTIMES)('gives %s.json byte for byte, and then has nothing to write', async (runtime) => {
    const text = readFileSync(`${real}${runtime}.json`, 'utf8');
    const manifests = memoryStore();
    const ports = {
      builds: storeOf(runtime, text),
      manifests,
      baseUrl: BASE_URL,
      dryRun: false,
      report: () => {},
      signal: new AbortController().signal,
    };
    expect(await generateManifest(runtime, ports)).toMatchObject({
      value: { outcome: 'written', warnings: [] },
    });
    expect(manifests.objects.get(`${runtime}.json`) === text).toBe(true);
    expect(await generateManifest(runtime, ports)).toMatchObject({ value: { outcome: 'unchanged' } });
  });
});
