import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseListFile, parseSourcesFile, sourcePackagesOf } from './apt-sources.ts';
import { parsePrintedUris } from './private-apt.ts';

const DEB822 = `# made by an installer
Types: deb
# a comment within
URIs: http://mirror.example/debian
 http://second.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 abc
 -----END PGP PUBLIC KEY BLOCK-----

Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: bookworm
Components: main
`;

const ONE_LINE = `
# deb http://off.example/debian bookworm main
deb [arch=amd64 signed-by=/usr/share/keyrings/k.gpg] http://mirror.example/debian bookworm main non-free # note
deb-src http://mirror.example/debian bookworm-updates main
deb [trusted=yes] file:/srv/debian stable main
deb https://other.example/apt tool-bookworm main
deb https://docker.example/linux/debian bookworm stable
`;

describe('the sources of a suite', () => {
  test("from a .sources file: the machine's mirrors and keys, the other suite's name", () => {
    expect(sourcePackagesOf('trixie', parseSourcesFile(DEB822))).toBe(`Types: deb-src
URIs: http://mirror.example/debian http://second.example/debian
Suites: trixie
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb-src
URIs: http://mirror.example/debian http://second.example/debian
Suites: trixie-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb-src
URIs: http://mirror.example/debian-security
Suites: trixie-security
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 abc
 -----END PGP PUBLIC KEY BLOCK-----
`);
  });

  test("from .list files, without other people's archives", () => {
    expect(sourcePackagesOf('bullseye', parseListFile(ONE_LINE))).toBe(`Types: deb-src
URIs: http://mirror.example/debian
Suites: bullseye
Components: main
Signed-By: /usr/share/keyrings/k.gpg

Types: deb-src
URIs: http://mirror.example/debian
Suites: bullseye-updates
Components: main

Types: deb-src
URIs: file:/srv/debian
Suites: bullseye
Components: main
Trusted: yes
`);
  });

  test('are none on a machine without a mirror of Debian', () => {
    const ubuntu = parseListFile('deb http://archive.ubuntu.example/ubuntu noble main\n');
    expect(sourcePackagesOf('trixie', ubuntu)).toBeUndefined();
    expect(sourcePackagesOf('trixie', [])).toBeUndefined();
  });

  test('any text at all can be parsed, in time linear in its length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
        sourcePackagesOf('trixie', [...parseListFile(text), ...parseSourcesFile(text)]);
      }),
    );
    const started = performance.now();
    for (const text of [
      'deb '.repeat(50_000),
      'deb [a'.repeat(50_000),
      'URIs: a\n '.repeat(50_000),
      '\n \n'.repeat(50_000),
    ]) {
      parseListFile(text);
      parseSourcesFile(text);
    }
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

test('the addresses that apt-get prints are read, and its other lines are not', () => {
  const sum = 'a'.repeat(64);
  expect(
    parsePrintedUris([
      'Reading package lists...',
      `'http://m.example/pool/x_1.0-2%2bdeb13u5.dsc' x_1.0-2+deb13u5.dsc 4298 SHA256:${sum}`,
      `'http://m.example/pool/x_1.0.orig.tar.xz' x_1.0.orig.tar.xz 22856016 MD5Sum:${'b'.repeat(32)}`,
    ]),
  ).toEqual([{ address: 'http://m.example/pool/x_1.0-2%2bdeb13u5.dsc', sha256: sum }]);
});
