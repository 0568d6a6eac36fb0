import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LANDED_RECIPES, listVersions } from '@dtvem/catalog';
import { type BuildRequest, isPrerelease, PROFILES, seriesOf } from '@dtvem/contracts';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { planPython } from './plan-python.ts';
import { findRecipe } from './recipe.ts';

const FOLDER = join(import.meta.dirname, '../recipes');
const read = (file: string): unknown => JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
const requestFor = (version: string, platform: BuildRequest['platform'] = 'linux-amd64'): BuildRequest => ({
  schemaVersion: 1,
  runtime: 'python',
  version,
  platform,
});

describe('the recipe', () => {
  it('fits its schema', () => {
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
      Object(read('recipe.schema.json')),
    );
    validate(read('cpython.json'));
    expect(validate.errors).toBeNull();
  });

  it('says in the rule of the range what the catalog says has landed', () => {
    const landed = LANDED_RECIPES.filter(({ runtime }) => runtime === 'python');
    const covered = listVersions('python').filter((version) => findRecipe(requestFor(version), 'quick'));
    const series = new Set(covered.map(seriesOf));
    expect(landed).toHaveLength(1);
    expect([...series].at(0)).toBe(landed[0]?.firstSeries);
    expect([...series].at(-1)).toBe(landed[0]?.lastSeries);
  });

  it('covers no other platform and no older version', () => {
    expect(findRecipe(requestFor('3.13.5', 'darwin-arm64'), 'quick')).toBeUndefined();
    expect(findRecipe(requestFor('3.7.17'), 'quick')).toBeUndefined();
  });

  it('gives old versions what they can use', () => {
    const dependenciesOf = (version: string) => findRecipe(requestFor(version), 'quick')?.dependencies ?? {};
    expect(dependenciesOf('3.8.20')).toMatchObject({ openssl: '1.1.1' });
    expect(dependenciesOf('3.8.20')).not.toHaveProperty('mpdecimal');
    expect(dependenciesOf('3.9.0')).toMatchObject({ openssl: '3.5' });
    expect(dependenciesOf('3.13.5')).toMatchObject({ openssl: '3.5', mpdecimal: '4.0' });
    expect(dependenciesOf('3.14.0')).toMatchObject({ zstd: '1.5' });
  });
});

describe('a plan', () => {
  const versions = listVersions('python').filter(
    (version) => !isPrerelease(version) && findRecipe(requestFor(version), 'quick') !== undefined,
  );

  it.each(PROFILES)('is complete for every version that is covered (%s)', (profile) => {
    expect(versions.length).toBeGreaterThan(100);
    for (const version of versions) {
      const plan = planPython(requestFor(version), { profile, jobs: 3 });
      if (!plan.ok) throw new Error(plan.problem.message);
      expect(JSON.parse(JSON.stringify(plan.value))).toEqual(plan.value);
      const { variables, make, install, configure } = plan.value.recipe;
      expect(JSON.stringify([variables, make, install, configure])).not.toMatch(/\{[a-zA-Z]+\}/);
      expect(JSON.stringify(plan.value.recipe)).not.toMatch(/-L\/|-I\//);
    }
  });

  it('of an optimized build runs the profile task so that a failing test ends nothing', () => {
    const plan = planPython(requestFor('3.13.5'), { profile: 'optimized', jobs: 3 });
    expect(plan.ok && plan.value.recipe.make['PROFILE_TASK']).toBe(
      '-m test --pgo -j3 2>&1 | tee ../profile-run.log',
    );
    const quick = planPython(requestFor('3.13.5'), { profile: 'quick', jobs: 3 });
    expect(quick.ok && quick.value.recipe.configure.join(' ')).not.toMatch(/optimizations|lto/);
  });

  it('hides every library from the linker of the interpreter', () => {
    const plan = planPython(requestFor('3.13.5'), { profile: 'quick', jobs: 1 });
    const flags = plan.ok ? (plan.value.recipe.variables['LDFLAGS_NODIST'] ?? '') : '';
    for (const library of ['libssl.a', 'libcrypto.a', 'libffi.a', 'libsqlite3.a', 'libz.a'])
      expect(flags).toContain(library);
  });

  it('refuses what the catalog or the recipe does not hold', () => {
    expect(planPython(requestFor('3.13.99'), { profile: 'quick', jobs: 1 })).toMatchObject({
      problem: { code: 'version-unknown' },
    });
    expect(planPython(requestFor('3.7.17'), { profile: 'quick', jobs: 1 })).toMatchObject({
      problem: { code: 'version-not-buildable' },
    });
  });
});
