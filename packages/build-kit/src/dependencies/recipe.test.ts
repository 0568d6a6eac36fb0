import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findDependency, listDependencies } from '@dtvem/catalog';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { librariesOf, planDependencies } from './plan-dependencies.ts';
import { findDependencyBuild } from './recipe.ts';

const FOLDER = join(import.meta.dirname, '../../dependencies');
const files = readdirSync(FOLDER).filter((file) => file !== 'recipe.schema.json');
const read = (file: string): unknown => JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));

describe('dependency recipes', () => {
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
    Object(read('recipe.schema.json')),
  );

  it.each(files)('%s fits its schema, names itself and gives its licence away', (file) => {
    validate(read(file));
    expect(validate.errors).toBeNull();
    const name = file.replace(/\.json$/, '');
    expect(read(file)).toMatchObject({ name });
    const [release] = findDependency(name)?.releases ?? [];
    const build = findDependencyBuild(name, release?.version ?? '', 'linux-amd64');
    const targets = Object.keys(build?.output ?? {});
    expect(targets.some((target) => target.startsWith('licenses/')) || targets.includes('bin/tclsh')).toBe(
      true,
    );
  });

  it('name no folder of a machine', () => {
    for (const file of files) expect(JSON.stringify(read(file))).not.toMatch(/"\/(?!usr|etc|nonexistent)/);
  });
});

describe('a plan', () => {
  it('holds what was wished for, and the tools that it may need', () => {
    const wishes = [
      { name: 'sqlite', series: '3.46' },
      { name: 'openssl', series: '3.5' },
    ];
    const plans = planDependencies(wishes, 'linux-amd64');
    expect(plans.map(({ name, tool }) => [name, tool])).toEqual([
      ['sqlite', false],
      ['openssl', false],
      ['tcl', true],
    ]);
    expect(librariesOf(plans)).toEqual(['libsqlite3.a', 'libssl.a', 'libcrypto.a']);
  });

  it('leaves out archives without generated files that the recipe cannot make', () => {
    const [plan] = planDependencies([{ name: 'libffi', series: '3.4' }], 'linux-amd64');
    const forms = plan?.releases.flatMap(({ archives }) => archives.map(({ form }) => form));
    expect(forms).not.toContain('repository');
    expect(listDependencies()).toContain('libffi');
  });

  it('that lacks what one of its own needs is a bug', () => {
    expect(() => planDependencies([{ name: 'libedit', series: '20250104' }], 'linux-amd64')).toThrow(
      /ncurses/,
    );
    expect(() => planDependencies([{ name: 'openssl', series: '9' }], 'linux-amd64')).toThrow(/openssl/);
    expect(() => planDependencies([{ name: 'openssl', series: '3.5' }], 'windows-amd64')).toThrow(
      /no recipe/,
    );
  });
});
