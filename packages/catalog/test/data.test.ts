import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareVersions, RUNTIMES } from '@dtvem/contracts';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { findDependency, findRelease, listDependencies, listVersions } from '../src/index.ts';
import { printReleasesFile, readReleasesFile } from '../src/update/releases-file.ts';

const DATA = join(import.meta.dirname, '../data');
const SCHEMAS = join(import.meta.dirname, '../schema');
const RESEARCHED = join(import.meta.dirname, '../../../../shared/data');

function readJson(folder: string, file: string): unknown {
  return JSON.parse(readFileSync(join(folder, file), 'utf8'));
}

function validatorOf(schemaFile: string) {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  formats.default(ajv);
  for (const file of readdirSync(SCHEMAS)) {
    ajv.addSchema(v.parse(v.record(v.string(), v.unknown()), readJson(SCHEMAS, file)), file);
  }
  return (data: unknown) => {
    ajv.validate(schemaFile, data);
    return ajv.errorsText();
  };
}

describe('every data file', () => {
  it.each(readdirSync(DATA))('%s is what its schema says', (file) => {
    const { $schema } = v.parse(v.object({ $schema: v.string() }), readJson(DATA, file));
    expect(validatorOf($schema.replace('../schema/', ''))(readJson(DATA, file))).toBe('No errors');
  });
});

describe('the schema of a source archive', () => {
  const good = { file: 'a-1.tar.gz', sha256: 'a'.repeat(64), url: 'https://example.org/a-1.tar.gz' };
  const check = validatorOf('source-archive.schema.json');

  it('takes a good one', () => expect(check(good)).toBe('No errors'));

  it.each([
    ['a short sha256', { ...good, sha256: 'a'.repeat(63) }],
    ['an upper-case sha256', { ...good, sha256: 'A'.repeat(64) }],
    ['an empty sha256', { ...good, sha256: '' }],
    ['plain http', { ...good, url: 'http://example.org/a-1.tar.gz' }],
    ['no origin at all', { file: good.file, sha256: good.sha256 }],
    ['a path in the file name', { ...good, file: '../a-1.tar.gz' }],
    ['an ending that cannot be extracted', { ...good, file: 'a-1.zip' }],
    ['an unknown key', { ...good, md5: 'x' }],
  ])('refuses %s', (_, archive) => expect(check(archive)).not.toBe('No errors'));
});

describe.each(RUNTIMES)('the releases of %s', (runtime) => {
  const path = join(DATA, `${runtime}.json`);
  const releases = async () => {
    const file = await readReleasesFile(path);
    if (!file.ok) throw new Error(file.problem.message);
    return file.value;
  };

  it('stand in order, each once, in the file of their runtime', async () => {
    const file = await releases();
    const versions = file.releases.map(({ version }) => version);
    expect(file.runtime).toBe(runtime);
    expect(versions).toEqual([...new Set(versions)].sort(compareVersions));
  });

  it('never pin one file twice', async () => {
    const files = (await releases()).releases.flatMap(({ archives }) => archives.map(({ file }) => file));
    expect(files).toHaveLength(new Set(files).size);
  });

  it('stand in the file as the update command prints them', async () => {
    expect(printReleasesFile(await releases())).toBe(readFileSync(path, 'utf8'));
  });

  it.runIf(existsSync(RESEARCHED))('hold all that was researched, with the same sums', () => {
    const researchedSchema = v.record(v.string(), v.array(v.object({ url: v.string(), sha256: v.string() })));
    const researched = v.parse(researchedSchema, readJson(RESEARCHED, `${runtime}-sources.json`));
    expect(Object.keys(researched)).not.toHaveLength(0);
    for (const [version, archives] of Object.entries(researched)) {
      const pins = findRelease(runtime, version)?.archives ?? [];
      for (const archive of archives) expect(pins).toContainEqual(expect.objectContaining(archive));
    }
  });

  it('can be looked up by every version that is listed', () => {
    for (const version of listVersions(runtime)) expect(findRelease(runtime, version)?.version).toBe(version);
  });
});

describe('the dependencies', () => {
  it('stand newest first, each name and each version once', () => {
    expect(listDependencies()).toHaveLength(new Set(listDependencies()).size);
    for (const name of listDependencies()) {
      const versions = (findDependency(name)?.releases ?? []).map(({ version }) => version);
      expect(versions).toEqual([...new Set(versions)].sort(newestFirst));
    }
  });
});

function newestFirst(a: string, b: string): number {
  return b.localeCompare(a, 'en', { numeric: true });
}
