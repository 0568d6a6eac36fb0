import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testInFolder } from '../test/test-in-folder.ts';
import { hostToolchain, nameCompiler, nameLibc } from './toolchain.ts';

function toolchainIn(folder: string) {
  return hostToolchain({
    report: () => {},
    logFile: join(folder, 'log'),
    signal: new AbortController().signal,
    homeFolder: join(folder, 'home'),
  });
}

testInFolder("a source's configure sees nothing of the caller's environment", async ({ folder }) => {
  process.env['GITHUB_TOKEN'] = 'secret';
  const source = join(folder, 'source');
  await mkdir(source);
  await writeFile(join(source, 'configure'), '#!/bin/sh\nexec env\n');
  await chmod(join(source, 'configure'), 0o755);
  const outcome = await toolchainIn(folder).run({
    argv: ['./configure'],
    cwd: source,
    env: { CFLAGS: '-O2', TZ: 'Europe/Berlin' },
    label: 'configure',
  });
  delete process.env['GITHUB_TOKEN'];
  const variables = outcome.tail.filter((line) => !/^(PWD|SHLVL|_)=/.test(line)).sort();
  expect(variables).toEqual([
    'CFLAGS=-O2',
    `HOME=${join(folder, 'home')}`,
    'LANG=C.UTF-8',
    expect.stringMatching(/^PATH=\/usr\/bin:\/bin/),
    'SOURCE_DATE_EPOCH=315532800',
    'TZ=Europe/Berlin',
  ]);
});

testInFolder('says which compiler and C library this machine has', async ({ folder }) => {
  const described = await toolchainIn(folder).describe();
  if (!described.ok) expect(described.problem.code).toBe('machine-lacks-tools');
  else
    expect(described.value).toEqual({
      compiler: expect.stringMatching(/^(gcc|clang) \d/),
      libc: expect.stringMatching(/^\w+ \d/),
    });
});

const FSF = '\nCopyright (C) 2022 Free Software Foundation, Inc.\n';

test.each([
  [`cc (Debian 12.2.0-14+deb12u1) 12.2.0${FSF}`, 'gcc 12.2.0'],
  [`gcc (GCC) 15.1.1 20250425 (Red Hat 15.1.1-1)${FSF}`, 'gcc 15.1.1'],
  [`cc (Ubuntu 13.3.0-6ubuntu2~24.04) 13.3.0${FSF}`, 'gcc 13.3.0'],
  ['Apple clang version 16.0.0 (clang-1600.0.26.6)\nTarget: arm64-apple-darwin24.3.0\n', 'clang 16.0.0'],
  ['Debian clang version 14.0.6\nTarget: x86_64-pc-linux-gnu\n', 'clang 14.0.6'],
  ['something else\n', 'cc of unknown version'],
])('names the compiler of %j', (printed, name) => {
  expect(nameCompiler(printed)).toBe(name);
});

test('names the C library', () => {
  expect(nameLibc('glibc 2.36\n')).toBe('glibc 2.36');
  expect(nameLibc('14.5\n')).toBe('macOS 14.5');
});
