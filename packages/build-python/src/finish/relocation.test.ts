import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SENTINEL_PREFIX } from '@dtvem/contracts';
import { afterAll, describe, expect, it } from 'vitest';
import { configureArguments, flagScrubber } from './flags.ts';
import { relocatableMakefile, relocatablePkgConfig } from './makefile.ts';
import { relocatableScript } from './script-headers.ts';
import { cleanVariables, printSysconfigModule } from './sysconfig-module.ts';

const folder = mkdtempSync(join(tmpdir(), 'dtvem-relocation-'));
afterAll(() => rmSync(folder, { recursive: true }));

const scrub = flagScrubber({
  flags: ['-fstack-protector', '-D_FORTIFY_SOURCE=2', '-fno-pie', '-Wl,-z,now'],
  compilers: { gcc: 'cc', 'g++': 'c++' },
  libraries: ['libssl.a', 'libz.a'],
});
const relocation = {
  sentinel: SENTINEL_PREFIX,
  sourceFolder: '/somewhere/source',
  configFolder: 'lib/python3.13/config-3.13',
  scrub,
};

describe('flags of the build', () => {
  it.each([
    ['-O3 -fstack-protector -D_FORTIFY_SOURCE=2 -fno-pie -Wall', '-O3 -Wall'],
    ['-I../deps/include -I../deps/include -Iown', ' -Iown'],
    ['-L../deps/lib -lssl -lz -lm', ' -lm'],
    ['cc -shared -flto=auto -Wl,--exclude-libs,libssl.a:libz.a', 'cc -shared'],
    ['-fprofile-use -fprofile-correction -O2', ' -O2'],
    ['-lzebra -flto-is-no-flag-of-mine-x', '-lzebra -flto-is-no-flag-of-mine-x'],
    ['gcc -no-pie', 'cc'],
    [
      'CC=\t\tgcc -pthread\nCXX=\t\tg++ -pthread\nX=gcc-ar gcc.c',
      'CC=\t\tcc -pthread\nCXX=\t\tc++ -pthread\nX=gcc-ar gcc.c',
    ],
  ])('leave %j', (before, after) => expect(scrub(before)).toBe(after));

  it('leave the arguments that users may ask for', () => {
    expect(
      configureArguments("'--with-lto' '--with-openssl=../deps' 'CC=cc' 'LDFLAGS=-L../deps/lib -lm'"),
    ).toBe("'--with-lto'");
  });
});

describe('build variables', () => {
  const variables = cleanVariables(
    {
      LIBDIR: `${SENTINEL_PREFIX}/lib`,
      TWO: `-I${SENTINEL_PREFIX}/a -L${SENTINEL_PREFIX}`,
      abs_srcdir: '/somewhere/source',
      COVERAGE_INFO: '/somewhere/source/coverage.info',
      QUOTED: `it's "so" \\ é\n`,
      NUMBER: 8,
      EMPTY: '',
    },
    relocation,
  );
  const module = printSysconfigModule(variables, SENTINEL_PREFIX, 2);

  it('name neither the sentinel nor the build', () => {
    expect(module).not.toContain(SENTINEL_PREFIX);
    expect(module).not.toContain('/somewhere');
  });

  it.runIf(hasProgram('python3'))('follow the module, as Python itself reads it', () => {
    const prefix = join(folder, 'a b é');
    const lib = join(prefix, 'lib/python3.13');
    mkdirSync(lib, { recursive: true });
    writeFileSync(join(lib, 'data.py'), module);
    const code =
      'import sys, json; sys.path.insert(0, sys.argv[1]); import data; print(json.dumps(data.build_time_vars))';
    const printed: unknown = JSON.parse(
      execFileSync('python3', ['-B', '-c', code, lib], { encoding: 'utf8' }),
    );
    expect(printed).toEqual({
      LIBDIR: `${prefix}/lib`,
      TWO: `-I${prefix}/a -L${prefix}`,
      abs_srcdir: `${prefix}/lib/python3.13/config-3.13`,
      COVERAGE_INFO: '',
      QUOTED: `it's "so" \\ é\n`,
      NUMBER: 8,
      EMPTY: '',
    });
  });
});

describe('a Makefile', () => {
  it('computes its prefix from where it stands', () => {
    const config = join(folder, 'tree/lib/python3.13/config-3.13');
    mkdirSync(config, { recursive: true });
    const text = `prefix=\t\t${SENTINEL_PREFIX}\nexec_prefix=\t\${prefix}\nLIBPL=\t$(prefix)/lib\nabs_srcdir=/somewhere/source\nX=${SENTINEL_PREFIX}/x -flto\nall:\n\t@echo $(exec_prefix) $(X) $(abs_srcdir)\n`;
    writeFileSync(join(config, 'Makefile'), relocatableMakefile(text, relocation));
    const printed = execFileSync('make', ['-f', join(config, 'Makefile')], {
      cwd: tmpdir(),
      encoding: 'utf8',
    });
    expect(printed.trim()).toBe(`${folder}/tree ${folder}/tree/x ${folder}/tree/lib`);
  });
});

it('a pkg-config file counts from its own folder', () => {
  const text = `prefix=${SENTINEL_PREFIX}\nlibdir=\${prefix}/lib\n`;
  expect(relocatablePkgConfig(text, SENTINEL_PREFIX)).toBe(
    `prefix=\${pcfiledir}/../..\nlibdir=\${prefix}/lib\n`,
  );
});

describe('a script', () => {
  const body = 'import sys\nprint(sys.argv[1:])\n';

  it.each([
    ['plain', `#!${SENTINEL_PREFIX}/bin/python3.13\n${body}`],
    ['with an option', `#!${SENTINEL_PREFIX}/bin/python3.13 -I\n${body}`],
    [
      'of an installer for long paths',
      `#!/bin/sh\n'''exec' "/long path/python3.13" "$0" "$@"\n' '''\n${body}`,
    ],
  ])('runs with the interpreter beside it, through a link, in any folder (%s)', (name, text) => {
    const bin = join(folder, `bin ${name} é$`);
    mkdirSync(bin);
    writeFileSync(join(bin, 'python3.13'), '#!/bin/sh\necho "interpreter of $0: $*"\n');
    chmodSync(join(bin, 'python3.13'), 0o755);
    writeFileSync(join(bin, 'pip'), relocatableScript(text, 'python3.13') ?? '');
    chmodSync(join(bin, 'pip'), 0o755);
    const link = join(folder, `link-${name}`);
    symlinkSync(join(bin, 'pip'), link);
    const printed = execFileSync(link, ['a b', 'c'], { encoding: 'utf8', env: { PATH: '/usr/bin:/bin' } });
    expect(printed).toBe(`interpreter of ${bin}/python3.13: ${link} a b c\n`);
  });

  it('of another language stays as it is', () => {
    expect(relocatableScript('#!/bin/sh\necho hello\n', 'python3.13')).toBeUndefined();
    expect(relocatableScript('\x7fELF', 'python3.13')).toBeUndefined();
  });
});

function hasProgram(name: string): boolean {
  try {
    execFileSync(name, ['--version']);
    return true;
  } catch {
    return false;
  }
}
