import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const MAIN = resolve(import.meta.dirname, '../src/main.ts');
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dtvem-cli-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The command line as a person runs it, in a work folder of its own. */
function run(...words: string[]) {
  return runWith({}, ...words);
}

function runWith(
  env: Readonly<Record<string, string>>,
  ...words: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((settle) => {
    const child = execFile(
      process.execPath,
      [MAIN, '--work-dir', folder, ...words],
      { env: { PATH: process.env['PATH'], ...env } },
      (_, stdout, stderr) => settle({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

describe('refusals', () => {
  it.each([
    ['Please build Python', 'not-a-build-request', 2],
    ['build(perl): 5.40.0 linux-amd64', 'unknown-runtime', 2],
    ['build(python): 3.13.5 plan9-amd64', 'unknown-platform', 2],
    ['build(python): 3.13.5 windows-arm64', 'platform-not-built', 2],
    ['build(python): 3.8.0 darwin-arm64', 'platform-not-supported', 2],
    ['build(python): 3.13.55 linux-amd64', 'version-unknown', 2],
    ['build(python): latest linux-amd64', 'version-not-exact', 2],
    ['build(python): 3.13 linux-amd64', 'version-not-exact', 2],
    ['build(python): 3.99.0rc1 linux-amd64', 'prerelease-unknown', 2],
    ['build(python): 3.13․5 linux-amd64', 'not-plain-ascii', 2],
    ['build(ruby): 3.3.8 linux-amd64', 'runtime-not-landed', 2],
    ['build(python): 3.13.5 darwin-arm64', 'runtime-not-landed', 2],
  ])('%s: %s, exit code %i, and no work done', async (title, reason, code) => {
    const answer = await run('--json', title);
    expect(JSON.parse(answer.stdout)).toMatchObject({ outcome: 'refused', problem: { code: reason } });
    expect(answer.code).toBe(code);
    expect(await readdir(folder)).toEqual([]);
  });

  it('tells a person the reason and the next step', async () => {
    const { stdout } = await run('build(python): 3.13.55 linux-amd64');
    expect(stdout).toContain('version-unknown');
    expect(stdout).toMatch(/3\.13\.55 does not exist/);
  });

  it('refuses a command line that is wrong with exit code 64', async () => {
    const answer = await run('--jobs', 'many');
    expect(answer.code).toBe(64);
    expect(answer.stderr).toMatch(/^input-invalid: --jobs must be/);
  });

  it('refuses a quick build for any store but the embedded one', async () => {
    const env = {
      R2_ENDPOINT: 'http://127.0.0.1:9',
      CLOUDFLARE_R2_ACCESS_KEY_ID: 'id',
      CLOUDFLARE_R2_SECRET_ACCESS_KEY: 'secret',
      CLOUDFLARE_R2_BUILDS_BUCKET: 'builds',
      CLOUDFLARE_R2_MANIFESTS_BUCKET: 'manifests',
    };
    const answer = await runWith(env, '--store', 's3', '--json', 'build(python): 3.13.5 linux-amd64');
    expect(JSON.parse(answer.stdout)).toMatchObject({ problem: { code: 'profile-not-publishable' } });
    expect(answer.code).toBe(6);
  });

  it('names every variable that --store s3 lacks', async () => {
    const answer = await run('--store', 's3', '--json', 'build(python): 3.13.5 linux-amd64');
    expect(answer.code).toBe(64);
    expect(answer.stderr).toContain('CLOUDFLARE_R2_ACCESS_KEY_ID');
  });

  it('reads an issue event in place of a title', async () => {
    const event = join(await mkdtemp(join(tmpdir(), 'dtvem-event-')), 'event.json');
    await writeFile(
      event,
      JSON.stringify({ issue: { title: 'build(python): 3.13 linux-amd64', body: null } }),
    );
    const answer = await run('--json', '--event', event);
    expect(JSON.parse(answer.stdout)).toMatchObject({ problem: { code: 'version-not-exact' } });
  });
});

describe('--plan', () => {
  it('prints sources with sums, dependencies, arguments and gates, and touches nothing', async () => {
    const { code, stdout } = await run('--plan', 'build(python): 3.13.5 linux-amd64');
    expect(code).toBe(0);
    expect(stdout).toContain('93e583f243454e6e9e4588ca2c2662206ad961659863277afcdb96801647d640');
    expect(await readdir(folder)).toEqual([]);
  });
});
