import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileLibrary, compileProgram, hasCompiler } from '../../test/compiler.ts';
import { type ElfFile, readElf } from './read-elf.ts';

function elf(bytes: Buffer): ElfFile {
  const reading = readElf(bytes);
  if (!reading.ok) throw new Error(reading.reason);
  return reading.elf;
}

describe.skipIf(!hasCompiler)('what the compiler makes', () => {
  it('reads a program', () => {
    const program = elf(compileProgram());
    expect(program).toMatchObject({
      loadable: true,
      needed: ['libc.so.6'],
      runPaths: [],
      textRelocations: false,
      stack: 'protected',
      writableCode: false,
    });
    expect(program.neededVersions).toContainEqual({
      library: 'libc.so.6',
      version: expect.stringMatching(/^GLIBC_2\./),
    });
    expect(program.exportedSymbols).not.toContain('main');
  });

  it.each(['gnu', 'sysv', 'both'])('counts the symbols of a library with the %s hash table', (style) => {
    const source =
      'int seen(void) { return 1; } __attribute__((visibility("hidden"))) int unseen(void) { return 2; }';
    const library = elf(compileLibrary([`-Wl,--hash-style=${style}`], source));
    expect(library.exportedSymbols.filter((name) => name.endsWith('seen'))).toEqual(['seen']);
  });

  it.each(['--enable-new-dtags', '--disable-new-dtags'])('reads run paths with %s', (form) => {
    const library = elf(compileLibrary([`-Wl,${form},-rpath,$ORIGIN/../lib:/opt/x`]));
    expect(library.runPaths).toEqual(['$ORIGIN/../lib', '/opt/x']);
  });

  it('knows an object file, a static program and an executable stack', () => {
    expect(elf(compileProgram(['-c']))).toMatchObject({ loadable: false, needed: [] });
    expect(elf(compileProgram(['-Wl,-z,execstack'])).stack).toBe('executable');
  });

  it('gives a value for every damaged file, in little time', () => {
    const library = compileLibrary(['-Wl,--hash-style=both']);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(library.length - 1), fc.nat(255)), { maxLength: 20 }),
        fc.nat(library.length),
        (changes, length) => {
          const damaged = Buffer.from(library);
          for (const [at, value] of changes) damaged[at] = value;
          expect(readElf(damaged.subarray(0, length))).toHaveProperty('ok');
        },
      ),
      { numRuns: 500 },
    );
  });
});

it('says no to what is no ELF file of this kind', () => {
  expect(readElf(Buffer.from('#!/bin/sh\n'))).toEqual({ ok: false, reason: 'it is no ELF file' });
  expect(readElf(Buffer.from('\u007fELF\u0001\u0001', 'latin1')).ok).toBe(false);
  expect(readElf(Buffer.alloc(0)).ok).toBe(false);
});

const hasReadelf = spawnSync('readelf', ['--version'], { stdio: 'ignore' }).status === 0;

/** A handful of the machine's own libraries; they were made by many hands. */
function librariesOfTheMachine(): readonly string[] {
  const folder = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64'].find(
    (path) => spawnSync('test', ['-d', path]).status === 0,
  );
  if (folder === undefined) return [];
  const names = readdirSync(folder).filter((name) =>
    /^lib(c|m|z|crypto|stdc\+\+|tinfo|gcc_s|lzma)\.so\.\d+$/.test(name),
  );
  return names.map((name) => realpathSync(join(folder, name)));
}

describe.skipIf(!hasReadelf)('beside readelf', () => {
  const readelf = (...args: string[]) =>
    execFileSync('readelf', ['-W', ...args], {
      encoding: 'utf8',
      env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
    });
  const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1]);

  it.each(librariesOfTheMachine())('%s: needs, versions and exported symbols are the same', (path) => {
    const ours = elf(readFileSync(path));
    expect(ours.needed).toEqual(all(readelf('-d', path), /\(NEEDED\).*\[(.+)\]/g));

    const needs = readelf('-V', path).split("Version needs section '")[1] ?? '';
    const versions = all(needs, /Name: (\S+) +Flags/g);
    expect(ours.neededVersions.map(({ version }) => version)).toEqual(versions);

    const symbols = readelf('--dyn-syms', path).split('\n');
    const exported = symbols.filter((line) =>
      /(GLOBAL|WEAK|UNIQUE) +(DEFAULT|PROTECTED) +(?!UND)\S+ +\S/.test(line),
    );
    expect(ours.exportedSymbols).toEqual(exported.map((line) => line.trim().split(/\s+/)[7]?.split('@')[0]));
  });
});
