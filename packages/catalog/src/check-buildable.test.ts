import { type BuildRequest, isPrerelease, PLATFORMS, RUNTIMES } from '@dtvem/contracts';
import { describe, expect, it } from 'vitest';
import { checkBuildable } from './check-buildable.ts';
import { LIMITS } from './platform-table.ts';
import { findRelease, listVersions } from './releases.ts';

type Row = [BuildRequest['runtime'], string, BuildRequest['platform']];

function codeFor([runtime, version, platform]: Row): string {
  const checked = checkBuildable({ runtime, version, platform });
  return checked.ok ? 'buildable' : checked.problem.code;
}

describe('checkBuildable', () => {
  it.each<[...Row, string]>([
    ['python', '2.7.8', 'linux-amd64', 'version-not-buildable'],
    ['python', '2.7.9', 'linux-amd64', 'buildable'],
    ['python', '3.3.7', 'linux-arm64', 'version-not-buildable'],
    ['python', '3.4.0', 'linux-arm64', 'buildable'],
    ['python', '3.6.15', 'darwin-amd64', 'buildable'],
    ['python', '3.8.9', 'darwin-arm64', 'platform-not-supported'],
    ['python', '3.8.10', 'darwin-arm64', 'buildable'],
    ['python', '3.9.0', 'darwin-arm64', 'platform-not-supported'],
    ['python', '3.9.1', 'darwin-arm64', 'buildable'],
    ['python', '3.2.1', 'darwin-arm64', 'version-not-buildable'],
    ['python', '3.4.10', 'windows-amd64', 'platform-not-supported'],
    ['ruby', '2.0.0-p648', 'linux-amd64', 'version-not-buildable'],
    ['ruby', '2.4.0', 'linux-amd64', 'buildable'],
    ['ruby', '2.7.1', 'darwin-arm64', 'platform-not-supported'],
    ['ruby', '3.0.0', 'darwin-arm64', 'buildable'],
    ['node', '14.16.1', 'darwin-arm64', 'platform-not-supported'],
    ['node', '14.17.0', 'darwin-arm64', 'buildable'],
  ])('%s %s for %s: %s', (runtime, version, platform, expected) => {
    expect(codeFor([runtime, version, platform])).toBe(expected);
  });

  it('says why, and which version to ask for', () => {
    expect(checkBuildable({ runtime: 'python', version: '3.8.2', platform: 'darwin-arm64' })).toMatchObject({
      problem: {
        message: expect.stringMatching(
          /^Python 3\.8\.2 cannot be built for darwin-arm64: .*Apple silicon.*\.$/,
        ),
        next: expect.stringContaining('Ask for 3.8.10,'),
      },
    });
  });

  it('never advises a version that it would refuse as well', () => {
    for (const runtime of RUNTIMES) {
      for (const platform of PLATFORMS) {
        for (const version of listVersions(runtime)) {
          const checked = checkBuildable({ runtime, version, platform });
          if (checked.ok) continue;
          const advised = /^Ask for (\S+),/.exec(checked.problem.next)?.[1] ?? '';
          expect(codeFor([runtime, advised, platform])).toBe('buildable');
          expect(isPrerelease(advised)).toBe(false);
        }
      }
    }
  });

  it('has no limit that concerns nothing', () => {
    for (const { runtime, below } of LIMITS) expect(findRelease(runtime, below)).toBeDefined();
  });
});
