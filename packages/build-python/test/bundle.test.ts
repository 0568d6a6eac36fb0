import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnAction } from '@dtvem/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ACTION = join(import.meta.dirname, '..');
const request = { schemaVersion: 1, runtime: 'python', version: '3.13.5', platform: 'linux-amd64' };

let workspace = '';
beforeAll(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'dtvem-action-'));
});
afterAll(() => rm(workspace, { recursive: true, force: true }));

describe('the bundle', () => {
  it('names every input that is wrong, with all outputs set', async () => {
    const inputs = { request: '{"runtime":"python"}', profile: 'fast', jobs: '0' };
    const { exitCode, outputs, stdout } = await spawnAction(ACTION, { inputs });
    expect(exitCode).toBe(1);
    expect(outputs).toMatchObject({ archive: '', sha256: '', 'reason-code': 'input-invalid' });
    for (const name of ['request', 'profile', 'jobs']) expect(stdout).toContain(name);
  });

  it('refuses what no recipe covers before it does anything', async () => {
    const { exitCode, outputs } = await spawnAction(ACTION, {
      inputs: { request: JSON.stringify({ ...request, version: '2.5.6' }), folder: join(workspace, 'none') },
    });
    expect(exitCode).toBe(1);
    expect(outputs).toMatchObject({ 'reason-code': 'version-not-buildable', log: '' });
  });

  it('fails with the reason when a source cannot be had', async () => {
    const { exitCode, outputs } = await spawnAction(ACTION, {
      inputs: {
        request: JSON.stringify({ ...request, runtime: 'python', version: '3.13.99' }),
        folder: join(workspace, 'build'),
      },
    });
    expect(exitCode).toBe(1);
    expect(outputs['reason-code']).toBe('version-unknown');
    expect(JSON.parse(outputs['result'] ?? '')).toMatchObject({ problem: { code: 'version-unknown' } });
  });

  it('carries recipes and data inside itself', async () => {
    const bundle = await readFile(join(ACTION, 'dist/index.cjs'), 'utf8');
    expect(bundle).toContain('sqlite3.c');
    expect(bundle).toContain('PROFILE_TASK');
  });
});
