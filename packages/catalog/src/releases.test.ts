import { describe, expect, it } from 'vitest';
import { findRelease, listVersions, newestVersion } from './releases.ts';

describe('findRelease', () => {
  it('gives the pins of one version, the smallest form first', () => {
    expect(findRelease('python', '3.13.5')?.archives).toEqual([
      {
        file: 'Python-3.13.5.tar.xz',
        sha256: '93e583f243454e6e9e4588ca2c2662206ad961659863277afcdb96801647d640',
        size: 22_856_016,
        url: 'https://www.python.org/ftp/python/3.13.5/Python-3.13.5.tar.xz',
        debian: { package: 'python3.13', suite: 'trixie' },
      },
      {
        file: 'Python-3.13.5.tgz',
        sha256: 'e6190f52699b534ee203d9f417bdbca05a92f23e35c19c691a50ed2942835385',
        url: 'https://www.python.org/ftp/python/3.13.5/Python-3.13.5.tgz',
      },
    ]);
  });

  it('marks what Debian packed again', () => {
    expect(findRelease('ruby', '3.3.8')?.archives.at(-1)).toMatchObject({
      file: 'ruby3.3_3.3.8.orig.tar.xz',
      form: 'repacked',
    });
  });

  it.each(['3.13.55', '3.13', '', 'toString', '__proto__'])('does not know %j', (version) => {
    expect(findRelease('python', version)).toBeUndefined();
  });
});

describe('listVersions', () => {
  it('orders versions as numbers', () => {
    const versions = listVersions('python');
    expect(versions.indexOf('3.9.25')).toBeLessThan(versions.indexOf('3.10.0'));
    expect(listVersions('ruby').indexOf('2.0.0-p648')).toBeGreaterThan(
      listVersions('ruby').indexOf('2.0.0-rc2'),
    );
  });
});

describe('newestVersion', () => {
  it('answers for a series, for a major version and for all', () => {
    const inSeries = listVersions('python').filter((version) => version.startsWith('3.8.'));
    expect(newestVersion('python', '3.8')).toBe(inSeries.at(-1));
    expect(newestVersion('python', '2')).toBe('2.7.18');
    expect(newestVersion('node', '18')).toMatch(/^18\./);
    expect(newestVersion('python')).not.toMatch(/[a-z]/);
  });

  it('names a pre-release only where the series has nothing else', () => {
    expect(newestVersion('ruby', '3.5')).toBe('3.5.0-preview1');
    expect(newestVersion('ruby', '1.8')).toMatch(/^1\.8\.7-p\d+$/);
  });

  it('knows nothing of a series that is not there', () => {
    expect(newestVersion('python', '3.99')).toBeUndefined();
    expect(newestVersion('python', '3.1')).toBe('3.1.5');
  });
});
