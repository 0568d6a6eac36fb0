import { access, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProgressEvent, SourceArchive } from '@dtvem/contracts';
import { describe, expect } from 'vitest';
import { fakeSource } from '../../test/fake-source.ts';
import { testInFolder } from '../../test/test-in-folder.ts';
import { hostToolchain } from '../toolchain.ts';
import { buildDependencies } from './build-dependencies.ts';
import type { DependencyPlan } from './plan-dependencies.ts';
import type { DependencyBuild } from './recipe.ts';

const BUILD: DependencyBuild = {
  needs: [],
  variables: {},
  prepare: {},
  steps: [{ run: ['./configure', '--with', '{cflags...}'], in: '.', env: { CFLAGS: '{cflags}' } }],
  output: { 'lib/libx.a': 'made.txt', 'licenses/x.txt': 'LICENSE' },
};

/** A configure that writes down all that it was given. */
const CONFIGURE = '#!/bin/sh\n{ env; echo "args: $*"; cat ../deps/lib/* 2>/dev/null || true; } >made.txt\n';

function planOf(
  name: string,
  archives: readonly SourceArchive[],
  build: Partial<DependencyBuild> = {},
): DependencyPlan {
  const releases = [{ version: '1.0', archives: [...archives] }];
  return { name, license: 'MIT', releases, build: { ...BUILD, ...build }, tool: false };
}

async function setUp(folder: string) {
  const mirror = join(folder, 'mirror');
  await mkdir(mirror);
  const events: ProgressEvent[] = [];
  const stop = new AbortController();
  const source = (name: string, configure = CONFIGURE) =>
    fakeSource(mirror, `${name}.tar.gz`, { configure, LICENSE: `licence of ${name}\n` });
  const build = (plans: readonly DependencyPlan[], work = 'work', flags = ['-O2', '-fPIC']) => {
    const report = (event: ProgressEvent) => void events.push(event);
    const logFile = join(folder, 'log');
    const homeFolder = join(folder, 'home');
    return buildDependencies(plans, {
      toolchain: hostToolchain({ report, logFile, homeFolder, signal: stop.signal }),
      platform: 'linux-amd64',
      compilerFlags: flags,
      folders: { work: join(folder, work), cache: join(folder, 'cache') },
      mirrors: [mirror],
      jobs: 2,
      keepWork: false,
      report,
      signal: stop.signal,
      giveUp: () => stop.abort(),
    });
  };
  return { mirror, events, source, build };
}

describe('dependencies', () => {
  testInFolder('are built in an environment made from nothing', async ({ folder }) => {
    const { source, build } = await setUp(folder);
    process.env['DTVEM_CANARY'] = 'leaked';
    const result = await build([planOf('one', [await source('one')])]).finally(() => {
      delete process.env['DTVEM_CANARY'];
    });
    if (!result.ok) throw new Error(result.problem.message);
    const [one] = result.value;
    const made = await readFile(join(one?.folder ?? '', 'lib/libx.a'), 'utf8');
    const names = made.match(/^[A-Z_]+(?==)/gm)?.sort();
    expect(names).toEqual(['CFLAGS', 'HOME', 'LANG', 'PATH', 'PWD', 'SOURCE_DATE_EPOCH', 'TZ']);
    expect(made).toContain('args: --with -O2 -fPIC');
    expect(made).toContain('CFLAGS=-O2 -fPIC\n');
    expect(one?.source).toMatchObject({
      name: 'one',
      version: '1.0',
      origin: 'mirror-folder',
      license: 'MIT',
    });
    expect(await readdir(join(folder, 'work/dependencies'))).toEqual([]);
  });

  testInFolder('come from the cache until anything that goes into them changes', async ({ folder }) => {
    const { source, build, events } = await setUp(folder);
    const first = planOf('one', [await source('one')]);
    const folderOf = async (...args: Parameters<typeof build>) => {
      const result = await build(...args);
      return result.ok ? result.value.map((built) => built.folder).join() : result.problem.code;
    };
    const original = await folderOf([first]);
    expect(await folderOf([first], 'elsewhere')).toBe(original);
    expect(events).toContainEqual({ kind: 'note', text: 'one 1.0: built before' });
    const variants = [
      await folderOf([first], 'work', ['-O3']),
      await folderOf([{ ...first, build: { ...BUILD, output: { 'lib/liby.a': 'made.txt' } } }]),
      await folderOf([planOf('one', [await source('one', `${CONFIGURE}echo more\n`)])]),
    ];
    expect(new Set([original, ...variants]).size).toBe(4);
  });

  testInFolder('see those that they need, which change their key', async ({ folder }) => {
    const { source, build } = await setUp(folder);
    const user = planOf('user', [await source('user')], { needs: ['base'] });
    const result = await build([
      user,
      planOf('base', [await source('base', '#!/bin/sh\necho base >made.txt\n')]),
    ]);
    if (!result.ok) throw new Error(result.problem.message);
    const [built] = result.value;
    expect(await readFile(join(built?.folder ?? '', 'lib/libx.a'), 'utf8')).toMatch(/base\n$/);
    const other = planOf('base', [await source('base', '#!/bin/sh\necho other >made.txt\n')]);
    const again = await build([user, other]);
    expect(again.ok && again.value[0]?.folder).not.toBe(built?.folder);
  });

  testInFolder('of a form that needs a tool build it first, and only then', async ({ folder }) => {
    const { source, build, mirror } = await setUp(folder);
    const tool = {
      ...planOf(
        'tool',
        [await source('tool', '#!/bin/sh\necho "#!/bin/sh\necho generated" >made.txt; chmod +x made.txt\n')],
        { output: { 'bin/gen': 'made.txt' } },
      ),
      tool: true,
    };
    const steps: DependencyBuild['steps'] = [
      {
        run: ['sh', '-c', 'PATH=../tools/bin:$PATH gen >made.txt'],
        in: '.',
        env: {},
      },
    ];
    const user = (archive: SourceArchive) =>
      planOf('user', [archive], {
        prepare: { repository: { tools: ['tool'], steps } },
        steps: [{ run: ['true'], in: '.', env: {} }],
      });
    const archive = await fakeSource(mirror, 'user.tar.gz', { LICENSE: '', 'made.txt': 'released' });
    const released = await build([user(archive), tool]);
    expect(released.ok && released.value.map(({ name }) => name)).toEqual(['user']);
    expect(await readdir(join(folder, 'cache/dependencies'))).toHaveLength(1);
    const generated = await build([user({ ...archive, form: 'repository' }), tool], 'again');
    expect(generated.ok).toBe(true);
    const repository = await fakeSource(mirror, 'user.tar.gz', { LICENSE: 'x' });
    const fromRepository = await build([user({ ...repository, form: 'repository' }), tool]);
    if (!fromRepository.ok) throw new Error(fromRepository.problem.detail);
    expect(await readFile(join(fromRepository.value[0]?.folder ?? '', 'lib/libx.a'), 'utf8')).toBe(
      'generated\n',
    );
  });

  testInFolder('that fail say so with their last lines, and end the others', async ({ folder }) => {
    const { source, build } = await setUp(folder);
    const slow = planOf('slow', [await source('slow', '#!/bin/sh\nsleep 60\n')]);
    const broken = planOf('broken', [await source('broken', '#!/bin/sh\necho the cause\nexit 3\n')]);
    const started = Date.now();
    const result = await build([slow, broken]);
    expect(result).toMatchObject({ ok: false, problem: { code: 'dependency-failed', detail: 'the cause' } });
    expect(!result.ok && result.problem.message).toContain('exit code 3');
    expect(Date.now() - started).toBeLessThan(20_000);
    expect(await readdir(join(folder, 'cache/dependencies'))).toEqual([]);
  });

  testInFolder('of two processes do not hurt each other, nor does a damaged cache', async ({ folder }) => {
    const { source, build } = await setUp(folder);
    const plans = [planOf('one', [await source('one')])];
    const [a, b] = await Promise.all([build(plans, 'a'), build(plans, 'b')]);
    expect(a.ok && b.ok && a.value[0]?.folder === b.value[0]?.folder).toBe(true);
    const built = a.ok ? (a.value[0]?.folder ?? '') : '';
    await writeFile(join(built, 'dependency.json'), '{"name":');
    expect((await build(plans)).ok).toBe(true);
    await access(join(built, 'lib/libx.a'));
    expect(await readdir(join(folder, 'cache/dependencies'))).toHaveLength(1);
  });
});
