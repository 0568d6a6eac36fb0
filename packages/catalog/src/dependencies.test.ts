import { describe, expect, it } from 'vitest';
import { findDependency, findDependencySeries, listDependencies } from './dependencies.ts';

describe('findDependency', () => {
  it('knows all that CPython links, and its licence', () => {
    const linked = [
      'openssl',
      'zlib',
      'bzip2',
      'xz',
      'libffi',
      'sqlite',
      'ncurses',
      'libedit',
      'libuuid',
      'mpdecimal',
    ];
    for (const name of linked) expect(findDependency(name)?.releases.length).toBeGreaterThan(0);
    expect(listDependencies()).toEqual(expect.arrayContaining(linked));
    expect(findDependency('openssl')?.license).toBe('Apache-2.0');
  });

  it('pins upstream first, and marks a form that a recipe must prepare', () => {
    expect(findDependency('sqlite')?.releases[0]?.archives.map(({ file, form }) => [file, form])).toEqual([
      ['sqlite-autoconf-3460100.tar.gz', undefined],
      ['sqlite3_3.46.1.orig.tar.xz', 'repository'],
    ]);
  });

  it('holds no GNU readline: its licence forbids to link it', () => {
    expect(findDependency('readline')).toBeUndefined();
  });
});

describe('findDependencySeries', () => {
  it('gives every patch release of a series, newest first', () => {
    expect(findDependencySeries('openssl', '3.5').map(({ version }) => version)).toEqual(['3.5.7', '3.5.6']);
    expect(findDependencySeries('openssl', '1.1.1').map(({ version }) => version)).toEqual(['1.1.1w']);
    expect(findDependencySeries('sqlite', '3.4')).toEqual([]);
    expect(findDependencySeries('nothing', '1')).toEqual([]);
  });
});
