import { describe, expect, it } from 'vitest';
import { buildLanded, LANDED_RECIPES } from './build-landed.ts';
import { newestVersion } from './releases.ts';

const python = { schemaVersion: 1, runtime: 'python', platform: 'linux-amd64' } as const;

describe('buildLanded', () => {
  it.each(['3.8.0', '3.10.4', '3.14.6'])('Python %s for linux-amd64 can be built today', (version) => {
    expect(buildLanded({ ...python, version })).toEqual({ ok: true, value: undefined });
  });

  it.each(['2.7.18', '3.7.17', '3.15.0b4'])('Python %s cannot', (version) => {
    expect(buildLanded({ ...python, version })).toMatchObject({ problem: { code: 'runtime-not-landed' } });
  });

  it('says what can be built instead', () => {
    expect(buildLanded({ ...python, version: '3.13.5', platform: 'darwin-arm64' })).toMatchObject({
      problem: {
        message: 'The build of Python 3.13.5 for darwin-arm64 has not landed yet.',
        next: expect.stringContaining('linux-amd64'),
      },
    });
    expect(buildLanded({ ...python, runtime: 'ruby', version: '3.3.8' })).toMatchObject({
      problem: { next: expect.stringContaining('No Ruby can be built yet') },
    });
  });

  it('names only series that the catalog holds', () => {
    for (const { runtime, firstSeries, lastSeries } of LANDED_RECIPES) {
      expect(newestVersion(runtime, firstSeries)).toBeDefined();
      expect(newestVersion(runtime, lastSeries)).toBeDefined();
    }
  });
});
