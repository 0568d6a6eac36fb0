import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildReportSchema } from '@dtvem/contracts';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BuildPlan, buildPython, planPython } from '../src/index.ts';
import { fakePython } from './fake-python.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dtvem-python-'));
  await mkdir(join(folder, 'mirror'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const planned = planFor('quick');

function planFor(profile: 'quick' | 'optimized'): BuildPlan {
  const request = {
    schemaVersion: 1,
    runtime: 'python',
    version: '3.13.5',
    platform: 'linux-amd64',
  } as const;
  const plan = planPython(request, { profile, jobs: 2 });
  if (!plan.ok) throw new Error(plan.problem.message);
  return plan.value;
}

async function planOf(
  fake: Parameters<typeof fakePython>[1],
  profile: 'quick' | 'optimized' = 'quick',
): Promise<BuildPlan> {
  return {
    ...planFor(profile),
    source: [await fakePython(join(folder, 'mirror'), fake)],
    dependencies: [],
  };
}

function build(plan: BuildPlan, signal = new AbortController().signal) {
  return buildPython(plan, {
    folders: { work: join(folder, 'work'), cache: join(folder, 'cache') },
    mirrors: [join(folder, 'mirror')],
    jobs: 2,
    keepWork: false,
    report: () => undefined,
    signal,
    logFile: join(folder, 'log'),
  });
}

function extract(archive: string): string {
  execFileSync('tar', ['-xf', archive, '-C', folder]);
  return join(folder, 'python');
}

describe('a build', () => {
  it('gives its commands an environment made from nothing', async () => {
    process.env['GITHUB_TOKEN'] = 'canary';
    const built = await build(await planOf({})).finally(() => delete process.env['GITHUB_TOKEN']);
    if (!built.ok) throw new Error(`${built.problem.message}\n${built.problem.detail}`);
    const environment = await readFile(
      join(extract(built.value.path), 'lib/python3.13/environment.txt'),
      'utf8',
    );
    expect(environment).not.toContain('GITHUB_TOKEN');
    const names = environment.match(/^[A-Z][A-Z_]*(?==)/gm) ?? [];
    expect(names.filter((name) => !/_(?:CFLAGS|LIBS|NODIST)$/.test(name)).sort()).toEqual([
      'AR',
      'CC',
      'CPPFLAGS',
      'CXX',
      'HOME',
      'LANG',
      'LDFLAGS',
      'LIBS',
      'LINKCC',
      'MODULE_BUILDTYPE',
      'PATH',
      'PKG_CONFIG',
      'PWD',
      'PYTHON_FOR_REGEN',
      'SOURCE_DATE_EPOCH',
      'TZ',
    ]);
    expect(environment).toContain('args: --prefix=/SENTINEL --with-openssl=../deps');
  });

  it('leaves one archive that follows its folder, and a report that readers accept', async () => {
    const built = await build(await planOf({}));
    if (!built.ok) throw new Error(`${built.problem.message}\n${built.problem.detail}`);
    expect(v.parse(buildReportSchema, built.value.report)).toMatchObject({
      archive: { file: 'python-3.13.5-linux-amd64.tar.gz' },
      source: { origin: 'mirror-folder' },
      gates: [],
      glibcFloor: null,
    });
    expect(await readdir(join(folder, 'work'))).toEqual(['python-3.13.5-linux-amd64.tar.gz']);
    const tree = extract(built.value.path);
    expect((await readdir(join(tree, 'bin'))).sort()).toEqual([
      'pip',
      'python',
      'python3',
      'python3.13',
      'python3.13-config',
    ]);
    expect(await readFile(join(tree, 'bin/pip'), 'utf8')).toContain('/python3.13" "$0" "$@"\n');
    expect(await readFile(join(tree, 'lib/python3.13/_sysconfigdata_x.py'), 'utf8')).toContain(
      '"LIBDIR": _prefix + "/lib"',
    );
    expect(await readdir(join(tree, 'lib/python3.13'))).not.toContain('test');
    expect(await readFile(join(tree, 'lib/compiled.txt'), 'utf8')).toContain('lib/python3.13/module.py\n');
    expect(await readdir(join(tree, 'licenses'))).toEqual(['cpython-bundled.rst', 'cpython.txt']);
  });

  it('that fails says where and shows the last lines', async () => {
    const built = await build(await planOf({ configure: 'echo the cause; exit 77' }));
    expect(built).toMatchObject({ ok: false, problem: { code: 'build-failed', detail: 'the cause' } });
    expect(!built.ok && built.problem.message).toContain('configuring Python');
    expect(await readdir(join(folder, 'work'))).toEqual([]);
  });

  it.each([
    ['the sentinel', 'echo /__dtvem_prefix__ >$(TREE)/lib/forgotten.txt'],
    ['a folder of the build', 'pwd >$(TREE)/lib/forgotten.txt'],
  ])('fails when %s is left in a file', async (_, install) => {
    const built = await build(await planOf({ install }));
    expect(built).toMatchObject({ ok: false, problem: { code: 'build-failed' } });
    expect(!built.ok && built.problem.detail).toContain('lib/forgotten.txt');
  });

  it('that asks for optimisation gets it, or fails', async () => {
    const record = "echo '[ 2/2/1] test_generators failed (1 failure)' >../profile-run.log";
    const asked = async (configure: string) => {
      const built = await build(await planOf({ configure }, 'optimized'));
      return built.ok ? built.value.report.notes : built.problem.message;
    };
    expect(await asked('')).toContain('ran no test');
    expect(await asked(record)).toContain('without the profile');
    const profiled = `${record}; printf 'PGO_PROF_USE_FLAG=-fprofile-use\\n' >>Makefile`;
    expect(await asked(profiled)).toContain('without link-time');
    expect(await asked(`${profiled}; printf 'LTO= -flto\\n' >>Makefile`)).toEqual([
      'Profile run: 1 of 2 tests failed: test_generators.',
    ]);
  });

  it('ends with the failure of a dependency, and not with what that ended', async () => {
    const plan = await planOf({ configure: 'sleep 60' });
    const [openssl] = planned.dependencies;
    if (openssl === undefined) throw new Error('the plan has no dependency');
    const dependency: BuildPlan['dependencies'][number] = {
      ...openssl,
      releases: [{ version: '3.5.7', archives: [...plan.source] }],
      build: { ...openssl.build, steps: [{ run: ['false'], in: '.', env: {} }] },
    };
    const built = await build({ ...plan, dependencies: [dependency] });
    expect(built).toMatchObject({ ok: false, problem: { code: 'dependency-failed' } });
    expect(!built.ok && built.problem.message).toContain('openssl');
  });

  it('that is interrupted leaves nothing behind', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 500);
    const built = await build(await planOf({ configure: 'sleep 60' }), controller.signal);
    expect(built).toMatchObject({ ok: false, problem: { code: 'interrupted' } });
    expect(await readdir(join(folder, 'work'))).toEqual([]);
  });
});
