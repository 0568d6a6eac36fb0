import { join } from 'node:path';
import { parseJson, requestDecisionSchema } from '@dtvem/contracts';
import { spawnAction } from '@dtvem/testkit';
import { describe, expect, it } from 'vitest';
import { startServer } from './manifest-server.ts';

const ACTION = join(import.meta.dirname, '..');
const NOBODY = 'http://127.0.0.1:1';
const entry = { url: 'https://builds.dtvem.io/python/3.13.5/linux-amd64.tar.gz', sha256: 'a'.repeat(64) };
const manifest = { version: 1, versions: { '3.13.5': { 'linux-amd64': entry } } };
const request = { schemaVersion: 1, runtime: 'python', version: '3.13.6', platform: 'linux-amd64' };

function run(issue: { title: string; body?: string | null }, manifests = NOBODY) {
  return spawnAction(ACTION, { event: { issue }, inputs: { 'manifests-base-url': manifests } });
}

describe('the bundle', () => {
  it('reads the event and says what to build, and on which runner', async () => {
    await using server = await startServer((_, response) => response.end(JSON.stringify(manifest)));
    const { exitCode, outputs, summary } = await run(
      { title: 'build(python): v3.13.6 linux-amd64', body: null },
      server.url,
    );
    expect(exitCode).toBe(0);
    expect(outputs).toMatchObject({
      decision: 'build',
      'reason-code': '',
      request: JSON.stringify(request),
      runtime: 'python',
      version: '3.13.6',
      platform: 'linux-amd64',
      runner: 'ubuntu-24.04',
      'archive-key': 'python/3.13.6/linux-amd64.tar.gz',
      'archive-file': 'python-3.13.6-linux-amd64.tar.gz',
    });
    expect(parseJson(requestDecisionSchema, outputs['result'] ?? '').ok).toBe(true);
    expect(summary).toContain('build(python): 3.13.6 linux-amd64');
  });

  it('knows what is available already', async () => {
    await using server = await startServer((_, response) => response.end(JSON.stringify(manifest)));
    const { exitCode, outputs } = await run({ title: 'build(python): 3.13.5 linux-amd64' }, server.url);
    expect(exitCode).toBe(0);
    expect(outputs).toMatchObject({ decision: 'already-available', version: '3.13.5', runner: '' });
    expect(outputs['result']).toContain(entry.url);
  });

  it('reads the issue form with CRLF, and builds when no manifest can be read', async () => {
    const body =
      '### Runtime\r\n\r\npython\r\n\r\n### Version\r\n\r\n3.13.6\r\n\r\n### Platform\r\n\r\nlinux-amd64';
    const { outputs, stdout } = await run({ title: 'build({runtime}): {version} {platform}', body });
    expect(outputs).toMatchObject({ decision: 'build', request: JSON.stringify(request) });
    expect(stdout).toContain('Note: The manifest of python could not be read');
  });

  it('refuses with a reason code, as an answer and no failure', async () => {
    const { exitCode, outputs, summary, commands } = await run({
      title: 'build(python): 3.13.55 ::add-mask::x<b>',
    });
    expect(exitCode).toBe(0);
    expect(outputs).toMatchObject({
      decision: 'refused',
      'reason-code': 'version-unknown',
      request: '',
      runner: '',
    });
    expect(summary).toContain('3.13.55 does not exist');
    expect(commands).toEqual([]);
  });

  it('sees every character of the title: nothing trims it before', async () => {
    const { outputs } = await run({ title: 'build(python): 3.13.5 linux-amd64\u00A0' });
    expect(outputs).toMatchObject({ decision: 'refused', 'reason-code': 'not-plain-ascii' });
  });

  it('answers where the event holds no issue', async () => {
    const { exitCode, outputs } = await spawnAction(ACTION, { event: {} });
    expect(exitCode).toBe(0);
    expect(outputs).toMatchObject({ decision: 'refused', 'reason-code': 'not-a-build-request' });
  });

  it('fails on a wrong input, with all outputs set', async () => {
    const { exitCode, outputs } = await spawnAction(ACTION, { inputs: { 'manifests-base-url': ' ' } });
    expect(exitCode).toBe(1);
    expect(outputs).toMatchObject({ decision: '', 'reason-code': 'input-invalid' });
  });
});
