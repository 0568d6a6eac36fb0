import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashFile } from '@dtvem/build-kit';
import { type BuildReport, fail, type GateResult, ok } from '@dtvem/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerRequest } from '../src/answer-request.ts';
import type { Arguments } from '../src/arguments.ts';
import type { Ports } from '../src/build-and-publish.ts';
import { closingWords } from '../src/closing-words.ts';
import { embeddedStores } from '../src/stores.ts';

const TITLE = { title: 'build(python): 3.13.5 linux-amd64', body: '' };
let workDir = '';

beforeEach(async () => {
  workDir = await mkdtemp(join(tmpdir(), 'dtvem-pipeline-'));
});
afterEach(() => rm(workDir, { recursive: true, force: true }));

const options = (): Arguments => ({
  title: TITLE.title,
  event: undefined,
  profile: 'quick',
  jobs: 1,
  workDir,
  keepWork: false,
  mirrors: [],
  store: 'embedded',
  plan: false,
  json: false,
  help: false,
});

/** Stands in for minutes of compiling: an archive of a few bytes and the report that belongs to it. */
const build: Ports['build'] = async (plan, { folders }) => {
  await mkdir(folders.work, { recursive: true });
  const path = join(folders.work, 'archive.tar.gz');
  await writeFile(path, `archive of ${plan.request.version}`);
  const { sha256, size } = await hashFile(path);
  const report: BuildReport = {
    schemaVersion: 1,
    request: plan.request,
    profile: plan.profile,
    archive: { file: 'python-3.13.5-linux-amd64.tar.gz', sha256, size },
    source: { name: 'python', version: '3.13.5', file: 'p.tgz', sha256: 'a'.repeat(64), origin: 'cache' },
    dependencies: [],
    toolchain: { kind: 'host', compiler: 'gcc 12.2.0', libc: 'glibc 2.36' },
    glibcFloor: null,
    notes: [],
    gates: [],
    durations: [],
  };
  return ok({ path, report });
};

const gate = (outcome: GateResult['outcome']): GateResult => ({
  id: 'starts',
  title: 'It starts',
  outcome,
  evidence: 'python3 -V answered `Segmentation fault`',
  seconds: 0.1,
});

function ports(over: Partial<Ports> = {}): Ports {
  return {
    report: () => {},
    signal: new AbortController().signal,
    now: () => new Date('2026-11-22T18:00:00Z'),
    openStores: embeddedStores(join(workDir, 'store')),
    build,
    check: async () => ok({ gates: [gate('passed')], glibcFloor: '2.17' }),
    ...over,
  };
}

const answer = (over: Partial<Ports> = {}) => answerRequest(TITLE, options(), 'linux-amd64', ports(over));

describe('answerRequest', () => {
  it('publishes, keeps the archive, lists it, and answers the next time from the store', async () => {
    const first = await answer();
    expect(first).toMatchObject({
      outcome: 'published',
      profile: 'quick',
      archive: { key: 'python/3.13.5/linux-amd64.tar.gz', size: 17 },
      status: { status: 'published', report: { glibcFloor: '2.17', gates: [{ id: 'starts' }] } },
    });
    expect(await readFile(first.archive?.path ?? '', 'utf8')).toBe('archive of 3.13.5');
    expect(closingWords(first)).toContain(first.archive?.sha256);

    const again = await answer({ build: () => Promise.reject(new Error('must not build')) });
    expect(again).toMatchObject({ outcome: 'already-available', archive: first.archive });
  });

  it('leaves no work behind', async () => {
    await answer();
    expect(await readdir(join(workDir, 'work'))).toEqual([]);
  });

  it('publishes nothing when a gate failed, and shows what it saw', async () => {
    const failed = await answer({ check: async () => ok({ gates: [gate('failed')], glibcFloor: null }) });
    expect(failed).toMatchObject({
      outcome: 'failed',
      problem: { code: 'gate-failed' },
      status: { stage: 'gates' },
    });
    expect(closingWords(failed)).toContain('Segmentation fault');
    expect(await answer()).toMatchObject({ outcome: 'published' });
  });

  it('names the stage and the log when the build failed', async () => {
    const failed = await answer({
      build: async () => fail('build-failed', 'make ended with 2.', 'Read the log.'),
    });
    expect(failed).toMatchObject({ outcome: 'failed', status: { status: 'failed', stage: 'build' } });
    expect(failed.log).toContain(join(workDir, 'logs', 'python-3.13.5-linux-amd64-quick'));
  });

  it('answers both of two runs at once, and stores one archive', async () => {
    const both = await Promise.all([answer(), answer()]);
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['already-published', 'published']);
  });

  it('refuses what this machine cannot build before any work', async () => {
    const refused = await answerRequest(TITLE, options(), 'darwin-arm64', ports());
    expect(refused).toMatchObject({ outcome: 'refused', problem: { code: 'platform-not-this-machine' } });
    expect(closingWords(refused)).not.toContain('comment on the issue');
    expect(await readdir(workDir)).toEqual([]);
  });
});
