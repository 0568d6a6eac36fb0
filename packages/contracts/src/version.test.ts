import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions, isExactVersion, isPrerelease, seriesOf } from './version.ts';

describe('isExactVersion', () => {
  it.each(['3.6.15', '3.14.0rc1', '3.4.0-preview1', '2.0.0-p648', '18.20.4', '1.8.5-p52', '4.0.0'])(
    'takes %s',
    (version) => {
      expect(isExactVersion(version)).toBe(true);
    },
  );

  it.each([
    '',
    '3',
    'latest',
    '3.x',
    '^3.1.0',
    '3.13.*',
    '3.13.5 ',
    '../3.13.5',
    '3.13.5\n',
    '3.13.5-',
    '3.13.5/1',
  ])('refuses %j', (version) => {
    expect(isExactVersion(version)).toBe(false);
  });

  it('never takes what could leave a path or a shell word', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        (text) => !isExactVersion(text) || /^[0-9a-z.-]+$/.test(text),
      ),
    );
  });
});

describe('compareVersions', () => {
  it('orders numbers as numbers, pre-releases before and patch levels after their release', () => {
    const ordered = [
      '2.7.9',
      '2.7.18',
      '3.4.0-preview1',
      '3.4.0',
      '3.14.0a1',
      '3.14.0b2',
      '3.14.0rc1',
      '3.14.0',
    ];
    expect([...ordered].reverse().sort(compareVersions)).toEqual(ordered);
    expect(['2.0.0-p648', '2.0.0', '2.0.0-p0'].sort(compareVersions)).toEqual([
      '2.0.0',
      '2.0.0-p0',
      '2.0.0-p648',
    ]);
  });

  it('is an order: antisymmetric on versions', () => {
    const version = fc
      .tuple(fc.nat(99), fc.nat(99), fc.nat(99), fc.constantFrom('', 'a1', 'rc2', '-p3'))
      .map(([major, minor, patch, suffix]) => `${major}.${minor}.${patch}${suffix}`);
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(Math.sign(compareVersions(a, b))).toBe(-Math.sign(compareVersions(b, a)) + 0);
      }),
    );
  });
});

describe('isPrerelease', () => {
  it('knows every spelling that the three upstreams use', () => {
    expect(['3.14.0a1', '3.14.0rc2', '3.4.0-preview1', '2.0.0-rc1', '3.5.0-dev'].every(isPrerelease)).toBe(
      true,
    );
    expect(['3.14.0', '2.0.0-p648', '18.20.4'].some(isPrerelease)).toBe(false);
  });
});

describe('seriesOf', () => {
  it('keeps major and minor', () => {
    expect(seriesOf('3.13.5')).toBe('3.13');
  });
});
