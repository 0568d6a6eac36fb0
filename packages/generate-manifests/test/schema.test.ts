import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PLATFORMS, PLATFORMS_NOT_BUILT, parseManifest } from '@dtvem/contracts';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';

const schema = JSON.parse(readFileSync(new URL('../schema/manifest.schema.json', import.meta.url), 'utf8'));
const ajv = new Ajv({ strict: true });
formats.default(ajv);
const isValid = ajv.compile(schema);

const withEntry = (entry: unknown, platform = 'linux-amd64') => ({
  version: 1,
  versions: { '3.1.0': { [platform]: entry } },
});

test('the schema knows the platforms that contracts knows', () => {
  expect(schema.$defs.platformMap.propertyNames.enum.toSorted()).toEqual(
    [...PLATFORMS, ...PLATFORMS_NOT_BUILT].toSorted(),
  );
});

test.each([
  ['an empty manifest', { version: 1, versions: {} }],
  [
    'a full entry',
    withEntry({ url: 'https://e.test/a.zip', sha256: 'aB'.repeat(32), sha256_source: 'upstream' }),
  ],
  ['a built entry', withEntry({ url: 'https://e.test/a.zip', source: 'built-from-source' })],
  ['a null entry', withEntry(null)],
  ['linux-armv7', withEntry({ url: 'https://e.test/a.zip' }, 'linux-armv7')],
])('schema and codec both take %s', (_, manifest) => {
  expect(isValid(manifest)).toBe(true);
  expect(parseManifest(JSON.stringify(manifest)).ok).toBe(true);
});

test.each([
  ['another version', { version: 2, versions: {} }],
  ['no version', { versions: {} }],
  ['a further member', { version: 1, versions: {}, more: 1 }],
  ['an entry without an address', withEntry({ sha256: 'a'.repeat(64) })],
  ['a short sum', withEntry({ url: 'https://e.test/a.zip', sha256: 'a' })],
  ['an unknown origin of a sum', withEntry({ url: 'https://e.test/a.zip', sha256_source: 'somebody' })],
  ['a further member of an entry', withEntry({ url: 'https://e.test/a.zip', more: 1 })],
])('schema and codec both refuse %s', (_, manifest) => {
  expect(isValid(manifest)).toBe(false);
  expect(parseManifest(JSON.stringify(manifest)).ok).toBe(false);
});

const real = fileURLToPath(new URL('../../../../shared/contracts/dtvem/', import.meta.url));

describe.skipIf(!existsSync(real))("dtvem's own files", () => {
  test.each(['node', 'python', 'ruby'])('%s.json is valid', (runtime) => {
    expect(
      isValid(JSON.parse(readFileSync(`${real}${runtime}.json`, 'utf8'))),
      ajv.errorsText(isValid.errors),
    ).toBe(true);
  });

  test('the schema is theirs but for linux-armv7', () => {
    const { $id, ...theirs } = JSON.parse(readFileSync(`${real}manifest.schema.json`, 'utf8'));
    const { $comment, ...ours } = structuredClone(schema);
    const names: string[] = ours.$defs.platformMap.propertyNames.enum;
    ours.$defs.platformMap.propertyNames.enum = names.filter((name) => name !== 'linux-armv7');
    expect(ours).toEqual(theirs);
  });
});
