import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceArchive } from '@dtvem/contracts';
import { describe, expect } from 'vitest';
import { CONTENT, SHA256 } from '../../test/source-server.ts';
import { testInFolder } from '../../test/test-in-folder.ts';
import { debianArchive } from './debian-archive.ts';
import { DownloadCache } from './download-cache.ts';
import { fetchSource } from './fetch-source.ts';

const PIN: SourceArchive = {
  file: 'thing-1.0.tar.xz',
  sha256: SHA256,
  size: CONTENT.length,
  debian: { package: 'thing', suite: 'trixie' },
};
const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');

function sourceParagraph(
  version: string,
  files: readonly (readonly [name: string, content: Buffer])[],
): string {
  const sums = files.map(([name, content]) => ` ${sha256(content)} ${content.length} ${name}`);
  return `Package: thing\nBinary: thing\nVersion: ${version}\nArchitecture: any\nFormat: 3.0 (quilt)\nDirectory: pool\nChecksums-Sha256:\n${sums.join('\n')}\n`;
}

/** A small archive of Debian's shape for these suites, and the apt folder of a machine that uses it. */
async function makeArchive(folder: string, suites: Readonly<Record<string, string>>): Promise<string> {
  const archive = join(folder, 'archive');
  await mkdir(join(archive, 'pool'), { recursive: true });
  await writeFile(join(archive, 'pool/thing_1.0.orig.tar.xz'), CONTENT);
  for (const [suite, sources] of Object.entries(suites)) {
    const dist = join(archive, 'dists', suite);
    await mkdir(join(dist, 'main/source'), { recursive: true });
    await writeFile(join(dist, 'main/source/Sources'), sources);
    const entry = ` ${sha256(sources)} ${sources.length} main/source/Sources`;
    await writeFile(
      join(dist, 'Release'),
      `Codename: ${suite}\nSuite: ${suite}\nComponents: main\nSHA256:\n${entry}\n`,
    );
  }
  const aptFolder = join(folder, 'etc-apt');
  await mkdir(join(aptFolder, 'sources.list.d'), { recursive: true });
  const own = `Types: deb\nURIs: file:${archive}\nSuites: bookworm bookworm-security\nComponents: main\nTrusted: yes\n`;
  await writeFile(join(aptFolder, 'sources.list.d/debian.sources'), own);
  return aptFolder;
}

function receive(folder: string, aptFolder: string, pin = PIN) {
  const cacheFolder = join(folder, 'cache');
  const origin = debianArchive({ cacheFolder, signal: new AbortController().signal, aptFolder });
  return new DownloadCache(cacheFolder).receive(pin, (into) => origin.deliver(pin, into, () => {}));
}

const dsc = Buffer.from('a description that is gone from the archive');
const ORIG = ['thing_1.0.orig.tar.xz', CONTENT] as const;
const FIRST = sourceParagraph('1.0-1', [['thing_1.0-1.dsc', dsc], ORIG]);
const NEWER = sourceParagraph('1.1-1', [
  ['thing_1.1-1.dsc', dsc],
  ['thing_1.1.orig.tar.xz', Buffer.from('1.1')],
]);

describe.runIf(existsSync('/usr/bin/apt-get'))("Debian's archive through apt", () => {
  testInFolder('delivers a file by its sha256, whatever became of the packaging', async ({ folder }) => {
    const aptFolder = await makeArchive(folder, { trixie: FIRST, 'trixie-security': NEWER });
    const attempt = await receive(folder, aptFolder);
    expect(attempt).toEqual({ outcome: 'verified', path: join(folder, 'cache/downloads', SHA256) });
    expect(await readdir(join(folder, 'cache/debian/trixie/downloads'))).toEqual([]);
  });

  testInFolder('also from the security suite, and with a suite that is missing', async ({ folder }) => {
    const aptFolder = await makeArchive(folder, { 'trixie-security': FIRST });
    expect(await receive(folder, aptFolder)).toMatchObject({ outcome: 'verified' });
  });

  testInFolder('sees what changed since the last time', async ({ folder }) => {
    const aptFolder = await makeArchive(folder, { trixie: NEWER });
    expect(await receive(folder, aptFolder)).toMatchObject({
      answer: expect.stringContaining('no file of the pinned sha256'),
    });
    await makeArchive(folder, { trixie: FIRST });
    expect(await receive(folder, aptFolder)).toMatchObject({ outcome: 'verified' });
  });

  testInFolder('serves several at once', async ({ folder }) => {
    const aptFolder = await makeArchive(folder, { trixie: FIRST, 'trixie-security': NEWER });
    const attempts = await Promise.all([1, 2, 3, 4].map(() => receive(folder, aptFolder)));
    for (const attempt of attempts) expect(attempt).toMatchObject({ outcome: 'verified' });
  });

  testInFolder('says what apt says when the file is gone', async ({ folder }) => {
    const aptFolder = await makeArchive(folder, { trixie: FIRST });
    await rm(join(folder, 'archive/pool/thing_1.0.orig.tar.xz'));
    expect(await receive(folder, aptFolder)).toMatchObject({
      outcome: 'unavailable',
      answer: expect.stringMatching(/^could not deliver file:.*\(apt: E:/),
    });
  });

  testInFolder('delivers nothing whose bytes are not those that the archive lists', async ({ folder }) => {
    const aptFolder = await makeArchive(folder, { trixie: FIRST });
    await writeFile(join(folder, 'archive/pool/thing_1.0.orig.tar.xz'), 'other bytes');
    expect((await receive(folder, aptFolder)).outcome).not.toBe('verified');
    expect(await readdir(join(folder, 'cache/downloads'))).toEqual([]);
  });
});

testInFolder(
  'a machine without apt, or with an apt that knows no Debian, is told apart from a missing file',
  async ({ folder }) => {
    expect(await receive(folder, join(folder, 'no-apt'))).toMatchObject({
      outcome: 'unavailable',
      answer: expect.stringContaining('this machine has no apt with a mirror of Debian'),
    });
  },
);

// Needs a network: run with DTVEM_TEST_DEBIAN=1 on a machine whose apt has a mirror of Debian.
testInFolder.runIf(process.env['DTVEM_TEST_DEBIAN'] === '1')(
  "the machine's real mirror has CPython 3.13.5",
  async ({ folder }) => {
    const pin: SourceArchive = {
      file: 'Python-3.13.5.tar.xz',
      sha256: '93e583f243454e6e9e4588ca2c2662206ad961659863277afcdb96801647d640',
      size: 22_856_016,
      debian: { package: 'python3.13', suite: 'trixie' },
    };
    const cacheFolder = join(folder, 'cache');
    const options = { mirrors: [], cacheFolder, report: () => {}, signal: new AbortController().signal };
    const fetched = await fetchSource([pin], options);
    expect(fetched).toMatchObject({ ok: true, value: { origin: 'debian' } });
    expect(sha256(await readFile(join(cacheFolder, 'downloads', pin.sha256)))).toBe(pin.sha256);
  },
  120_000,
);
