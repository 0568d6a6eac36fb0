import type { Manifest, ProgressEvent } from '@dtvem/contracts';
import { describe, expect, it } from 'vitest';
import { decide, decideRequest } from './decide-request.ts';
import type { ManifestAnswer } from './public-manifest.ts';

const issue = { title: 'build(python): 3.13.5 linux-amd64', body: '' };
const request = { schemaVersion: 1, runtime: 'python', version: '3.13.5', platform: 'linux-amd64' } as const;
const entry = { url: 'https://builds.dtvem.io/python/3.13.5/linux-amd64.tar.gz', sha256: 'a'.repeat(64) };
const build = {
  schemaVersion: 1,
  decision: 'build',
  request,
  runner: 'ubuntu-24.04',
  archiveKey: 'python/3.13.5/linux-amd64.tar.gz',
  archiveFile: 'python-3.13.5-linux-amd64.tar.gz',
};

function manifestWith(versions: Manifest['versions']): Manifest {
  return { version: 1, versions };
}

async function decideGiven(answer: ManifestAnswer, title = issue.title) {
  const asked: string[] = [];
  const events: ProgressEvent[] = [];
  const readManifest = async (runtime: string) => {
    asked.push(runtime);
    return answer;
  };
  const decision = await decideRequest(
    { ...issue, title },
    { readManifest, report: (event) => events.push(event) },
  );
  return { decision, asked, events };
}

describe('decideRequest', () => {
  it('builds what the manifest does not offer', async () => {
    const others = manifestWith({ '3.13.5': { 'linux-arm64': entry }, '3.13.4': { 'linux-amd64': entry } });
    const { decision, asked, events } = await decideGiven({ kind: 'found', manifest: others });
    expect(decision).toEqual(build);
    expect(asked).toEqual(['python']);
    expect(events).toEqual([]);
  });

  it('answers with the entry that the manifest has', async () => {
    const manifest = manifestWith({ '3.13.5': { 'linux-amd64': entry } });
    const { decision } = await decideGiven({ kind: 'found', manifest });
    expect(decision).toEqual({ schemaVersion: 1, decision: 'already-available', request, entry });
  });

  it('builds where there is no manifest yet', async () => {
    expect((await decideGiven({ kind: 'absent' })).decision).toEqual(build);
  });

  it('goes on when the manifest cannot be read, and says so', async () => {
    const { decision, events } = await decideGiven({ kind: 'unknown', why: 'its server answered 503' });
    expect(decision).toEqual(build);
    expect(events).toEqual([{ kind: 'note', text: expect.stringContaining('its server answered 503') }]);
  });

  it('asks nobody about a request that it refuses', async () => {
    const { decision, asked } = await decideGiven({ kind: 'absent' }, 'build(python): 3.13 linux-amd64');
    expect(decision).toMatchObject({ decision: 'refused', problem: { code: 'version-not-exact' } });
    expect(asked).toEqual([]);
  });
});

describe('decide', () => {
  it('takes an entry that is null for none', () => {
    expect(decide(request, manifestWith({ '3.13.5': { 'linux-amd64': null } }))).toEqual(build);
  });

  it('names the runner of the platform and the ending of its archive', () => {
    expect(decide({ ...request, platform: 'windows-amd64' }, undefined)).toMatchObject({
      runner: 'windows-2022',
      archiveKey: 'python/3.13.5/windows-amd64.zip',
    });
  });
});
