import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Manifest, parseManifest, printManifest } from '../src/index.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

function parsed(text: string): Manifest {
  const result = parseManifest(text);
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

describe('printManifest', () => {
  // manifest-by-go.json is what Go 1.26's json.MarshalIndent made of manifest-unordered.json, with dtvem's structs.
  test("writes what Go's encoder writes: order, escapes, control characters, surrogates, empty members", () => {
    expect(printManifest(parsed(read('fixtures/manifest-unordered.json')))).toBe(
      read('fixtures/manifest-by-go.json'),
    );
  });

  test('sorts keys by bytes, also those that JavaScript reads as array indices', () => {
    const manifest: Manifest = { version: 1, versions: { '9': {}, '10': {}, '1.2': {} } };
    expect(printManifest(manifest)).toBe(
      '{\n  "version": 1,\n  "versions": {\n    "1.2": {},\n    "10": {},\n    "9": {}\n  }\n}',
    );
  });

  test('prints an empty manifest as Go does', () => {
    expect(printManifest({ version: 1, versions: {} })).toBe('{\n  "version": 1,\n  "versions": {}\n}');
  });

  const key = fc
    .string({ unit: 'binary', maxLength: 12 })
    .filter((name) => !['__proto__', 'constructor', 'prototype'].includes(name));
  const entry = fc.record(
    {
      url: fc.string({ unit: 'binary' }),
      sha256: fc.stringMatching(/^[a-fA-F0-9]{64}$/),
      sha256_source: fc.constantFrom('upstream' as const, 'dtvem' as const),
      source: fc.string({ minLength: 1 }),
    },
    { requiredKeys: ['url'] },
  );
  const versions = fc.dictionary(key, fc.dictionary(key, fc.option(entry)), { noNullPrototype: true });

  test('parsing what was printed gives the same manifest, and printing that the same text', () => {
    fc.assert(
      fc.property(versions, (all) => {
        const manifest: Manifest = { version: 1, versions: all };
        const text = printManifest(manifest);
        expect(parsed(text)).toEqual(manifest);
        expect(printManifest(parsed(text))).toBe(text);
      }),
    );
  });
});

describe('parseManifest', () => {
  test.each([
    ['{}', 'version'],
    ['{"version":2,"versions":{}}', 'version'],
    ['{"version":"1","versions":{}}', 'version'],
    ['{"version":1,"versions":{"3.1.0":null}}', 'versions.3.1.0'],
    ['{"version":1,"versions":{"3.1.0":{"linux-amd64":{"url":1}}}}', 'url'],
    ['{"version":1,"versions":{"3.1.0":{"linux-amd64":{"url":"u","sha256":"abc"}}}}', 'sha256'],
    ['{"version":1,"versions":{"3.1.0":{"linux-amd64":{"url":"u","more":"x"}}}}', 'more'],
    ['{"version":1,"versions":{}', 'not JSON'],
  ])('refuses %s', (text, named) => {
    expect(parseManifest(text)).toMatchObject({ ok: false, message: expect.stringContaining(named) });
  });

  test('keeps null entries and platforms that this project does not know', () => {
    const platforms = { 'linux-riscv64': null, 'plan9-amd64': { url: 'https://example.test/x.zip' } };
    expect(
      parsed(JSON.stringify({ version: 1, versions: { '1.0.0': platforms } })).versions['1.0.0'],
    ).toEqual(platforms);
  });
});

const real = fileURLToPath(new URL('../../../../shared/contracts/dtvem/', import.meta.url));

describe.skipIf(!existsSync(real))("dtvem's own manifests", () => {
  test.each(['node', 'python', 'ruby'])('%s.json parses and prints to the same bytes', (runtime) => {
    const text = readFileSync(`${real}${runtime}.json`, 'utf8');
    expect(printManifest(parsed(text)) === text).toBe(true);
  });
});
