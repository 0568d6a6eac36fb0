import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { printReleasesFile, readReleasesFile, replaceFiles } from '../src/update/releases-file.ts';
import { runUpdate } from '../src/update/run-update.ts';
import { nodePages, pythonPages, rubyIndex, rubyReleases, SUM } from './upstream-pages.ts';
import { startUpstream } from './upstream-server.ts';

const MAIN = join(import.meta.dirname, '../src/update/main.ts');

let dataFolder: string;
let before: ReadonlyMap<string, string>;

beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'catalog-'));
  await write('python', '3.13.5', 'Python-3.13.5.tar.xz', 'https://www.python.org/ftp/python/3.13.5/');
  await write('ruby', '3.4.4', 'ruby-3.4.4.tar.gz', 'https://cache.ruby-lang.org/pub/ruby/3.4/');
  await write('node', '24.1.0', 'node-v24.1.0.tar.gz', 'https://nodejs.org/dist/v24.1.0/');
  before = await contents();
});

afterEach(() => rm(dataFolder, { recursive: true }));

async function write(runtime: 'python' | 'ruby' | 'node', version: string, file: string, folder: string) {
  const archives = [{ file, sha256: SUM.pinned, url: `${folder}${file}` }];
  const releases = [{ version, archives }];
  const printed = printReleasesFile({ $schema: '../schema/releases.schema.json', runtime, releases });
  await writeFile(join(dataFolder, `${runtime}.json`), printed);
}

async function contents(): Promise<ReadonlyMap<string, string>> {
  const files = (await readdir(dataFolder)).sort();
  return new Map(
    await Promise.all(
      files.map(async (file) => [file, await readFile(join(dataFolder, file), 'utf8')] as const),
    ),
  );
}

async function pins(runtime: string) {
  const file = await readReleasesFile(join(dataFolder, `${runtime}.json`));
  return file.ok ? file.value.releases : file.problem.message;
}

/** Runs the command against these pages; a runner's end is far away on the given day. */
async function update(pages: ReadonlyMap<string, string>, ...args: string[]) {
  await using upstream = await startUpstream(pages);
  const outcome = await runUpdate([...addressesOf(upstream.url), ...args], new Date('2026-11-22T00:00:00Z'));
  return { ...outcome, asked: upstream.asked };
}

function addressesOf(url: string): readonly string[] {
  return [
    ...['--data', dataFolder, '--python-api', `${url}/python`, '--node-dist', `${url}/node`],
    ...['--ruby-index', `${url}/index.txt`, '--ruby-releases', `${url}/releases.yml`],
  ];
}

function rubyPages(index: string, releases: string) {
  return new Map([
    ['/index.txt', index],
    ['/releases.yml', releases],
  ]);
}

async function expectRefusal(run: ReturnType<typeof update>, code: string) {
  const { exitCode, stderr, stdout } = await run;
  expect(stderr).toContain(`Refused (${code})`);
  expect(stdout).toBe('');
  expect(exitCode).toBe(1);
  expect(await contents()).toEqual(before);
}

describe('Python', () => {
  it('pins a new release with both archives, and asks nothing about those that it holds', async () => {
    const pages = pythonPages([
      { version: '3.13.5', ending: '.tar.xz', sha256: SUM.pinned },
      { version: '3.13.6', ending: '.tgz', sha256: SUM.fresh },
      { version: '3.13.6', ending: '.tar.xz', sha256: SUM.changed },
    ]);
    const { exitCode, stdout, asked } = await update(pages, '--runtime', 'python');
    expect(stdout).toContain('Python: added 3.13.6.');
    expect(exitCode).toBe(0);
    expect(asked).toEqual(['/python/release/', '/python/release_file/?release=901']);
    expect(await pins('python')).toMatchObject([
      { version: '3.13.5' },
      {
        version: '3.13.6',
        archives: [
          { file: 'Python-3.13.6.tar.xz', sha256: SUM.changed, size: 22_856_016 },
          { file: 'Python-3.13.6.tgz', url: 'https://www.python.org/ftp/python/3.13.6/Python-3.13.6.tgz' },
        ],
      },
    ]);
    expect((await contents()).get('node.json')).toBe(before.get('node.json'));
  });

  it.each([[''], [null], [undefined]])('adds nothing whose sha256 is %j, and says so', async (sha256) => {
    const pages = pythonPages([
      { version: '3.6.16', ending: '.tgz', ...(sha256 === undefined ? {} : { sha256 }) },
    ]);
    const { exitCode, stdout } = await update(pages, '--runtime', 'python');
    expect(stdout).toContain('Python: 3.6.16 was not added: python.org lists no sha256');
    expect(exitCode).toBe(0);
    expect(await contents()).toEqual(before);
  });

  it('takes a pre-release only while no final release is newer', async () => {
    const pages = pythonPages(
      ['3.13.0rc1', '3.14.0rc1'].map((version) => ({ version, ending: '.tgz', sha256: SUM.fresh })),
    );
    const { stdout } = await update(pages, '--runtime', 'python');
    expect(stdout).toBe('Python: added 3.14.0rc1.\n');
  });

  it('refuses a changed checksum of a pinned file', async () => {
    const pages = pythonPages([{ version: '3.13.5', ending: '.tar.xz', sha256: SUM.changed }]);
    await expectRefusal(update(pages, '--runtime', 'python', '--recheck'), 'source-mismatch');
  });

  it.each([
    ['a sha256 that is none', { sha256: 'md5' }],
    ['an archive on another host', { sha256: SUM.fresh, host: 'https://www.python.org.example' }],
  ])('refuses %s', async (_, wrong) => {
    const pages = pythonPages([{ version: '3.13.6', ending: '.tgz', ...wrong }]);
    await expectRefusal(update(pages, '--runtime', 'python'), 'source-unreadable');
  });

  it.each(['<html>', '{"meta":{},"objects":[]}', '[{"name":"Python 3.13.6"}]'])(
    'refuses the list %j',
    async (list) => {
      await expectRefusal(
        update(new Map([['/python/release/', list]]), '--runtime', 'python'),
        'source-unreadable',
      );
    },
  );
});

describe('Ruby', () => {
  const index = rubyIndex([
    { version: '3.4.4', ending: '.tar.gz', sha256: SUM.pinned },
    { version: '3.4.5', ending: '.tar.gz', sha256: SUM.fresh },
    { version: '3.4.5', ending: '.tar.xz', sha256: SUM.fresh },
    { version: '3.4.5', ending: '.zip', sha256: SUM.fresh },
    { version: '3.4.6', ending: '.tar.gz', sha256: '' },
  ]);

  it('pins what both lists agree about, and leaves out what only one knows', async () => {
    const releases = rubyReleases({ '3.4.5': { xz: SUM.fresh, gz: SUM.fresh } });
    const { exitCode, stdout } = await update(rubyPages(index, releases), '--runtime', 'ruby');
    expect(stdout).toContain('Ruby: added 3.4.5.');
    expect(stdout).toContain('Ruby: 3.4.6 was not added: index.txt and releases.yml do not both');
    expect(exitCode).toBe(0);
    expect(await pins('ruby')).toMatchObject([
      { version: '3.4.4' },
      { version: '3.4.5', archives: [{ file: 'ruby-3.4.5.tar.xz' }, { file: 'ruby-3.4.5.tar.gz' }] },
    ]);
  });

  it('refuses lists that contradict each other', async () => {
    const releases = rubyReleases({ '3.4.5': { gz: SUM.changed } });
    await expectRefusal(update(rubyPages(index, releases), '--runtime', 'ruby'), 'source-mismatch');
  });

  it('refuses a changed checksum of a pinned file', async () => {
    const changed = rubyIndex([{ version: '3.4.4', ending: '.tar.gz', sha256: SUM.changed }]);
    const releases = rubyReleases({ '3.4.4': { gz: SUM.changed } });
    await expectRefusal(
      update(rubyPages(changed, releases), '--runtime', 'ruby', '--recheck'),
      'source-mismatch',
    );
  });

  it.each([
    ['no header', index.split('\n').slice(1).join('\n')],
    ['a row of four cells', `${index}ruby-3.4.7\thttps://cache.ruby-lang.org/x\t\t${SUM.fresh}\n`],
    ['a sha256 that is none', index.replace(SUM.fresh, 'abc')],
  ])('refuses an index with %s', async (_, wrong) => {
    await expectRefusal(update(rubyPages(wrong, '[]'), '--runtime', 'ruby'), 'source-unreadable');
  });

  it.each(['{', 'version: 3.4.5', ''])('refuses the releases.yml %j', async (wrong) => {
    await expectRefusal(update(rubyPages(index, wrong), '--runtime', 'ruby'), 'source-unreadable');
  });
});

describe('Node.js', () => {
  const shasums = [
    `${SUM.fresh}  node-v24.2.0-linux-x64.tar.gz`,
    `${SUM.fresh}  node-v24.2.0.tar.gz`,
    `${SUM.changed}  node-v24.2.0.tar.xz`,
    '',
  ].join('\n');

  it('pins a new release from its SHASUMS256.txt', async () => {
    const { stdout, asked } = await update(
      nodePages({ '24.1.0': '', '24.2.0': shasums }),
      '--runtime',
      'node',
    );
    expect(stdout).toContain('Node.js: added 24.2.0.');
    expect(asked).toEqual(['/node/index.json', '/node/v24.2.0/SHASUMS256.txt']);
    expect(await pins('node')).toMatchObject([
      { version: '24.1.0' },
      {
        version: '24.2.0',
        archives: [
          { file: 'node-v24.2.0.tar.xz', url: 'https://nodejs.org/dist/v24.2.0/node-v24.2.0.tar.xz' },
          { file: 'node-v24.2.0.tar.gz', sha256: SUM.fresh },
        ],
      },
    ]);
  });

  it('refuses a changed checksum of a pinned file', async () => {
    const pages = nodePages({ '24.1.0': `${SUM.changed}  node-v24.1.0.tar.gz\n` });
    await expectRefusal(update(pages, '--runtime', 'node', '--recheck'), 'source-mismatch');
  });

  it('refuses a SHASUMS256.txt that is none', async () => {
    const pages = nodePages({ '24.2.0': `${shasums}-----BEGIN PGP SIGNATURE-----\n` });
    await expectRefusal(update(pages, '--runtime', 'node'), 'source-unreadable');
  });

  it('leaves out a release without a source archive', async () => {
    const { stdout } = await update(nodePages({ '24.2.0': `${SUM.fresh}  x.msi\n` }), '--runtime', 'node');
    expect(stdout).toContain('Node.js: 24.2.0 was not added: its SHASUMS256.txt lists no source archive.');
  });
});

describe('the command', () => {
  it('writes nothing for any runtime when one is refused', async () => {
    const pages = new Map([
      ...pythonPages([{ version: '3.13.6', ending: '.tgz', sha256: SUM.fresh }]),
      ...rubyPages(rubyIndex([]), 'not a list'),
    ]);
    await expectRefusal(update(pages), 'source-unreadable');
  });

  it('refuses a list that is not there', async () => {
    await expectRefusal(update(new Map(), '--runtime', 'python'), 'source-unavailable');
  });

  it('changes nothing, not even a date, when nothing is new', async () => {
    const pages = pythonPages([{ version: '3.13.5', ending: '.tar.xz', sha256: SUM.pinned }]);
    expect(await update(pages, '--runtime', 'python', '--recheck')).toMatchObject({
      exitCode: 0,
      stdout: 'Python: nothing new.\n',
    });
    expect(await contents()).toEqual(before);
  });

  it('ends with 2 on wrong arguments, before it asks anybody', async () => {
    for (const args of [['--runtime', 'perl'], ['--force'], ['python']]) {
      const { exitCode, stderr, asked } = await update(new Map(), ...args);
      expect(stderr).toContain('Refused (input-invalid)');
      expect([exitCode, asked]).toEqual([2, []]);
    }
  });

  it('reminds of a runner that ends within three months', async () => {
    await using upstream = await startUpstream(
      pythonPages([{ version: '3.13.5', ending: '.tar.xz', sha256: SUM.pinned }]),
    );
    const args = [...addressesOf(upstream.url), '--runtime', 'python'];
    const { stdout } = await runUpdate(args, new Date('2027-05-04T00:00:00Z'));
    expect(stdout).toContain('The runner macos-15-intel ends on 2027-08-01');
  });

  it('runs as a process of its own', async () => {
    await using upstream = await startUpstream(
      pythonPages([{ version: '3.13.6', ending: '.tgz', sha256: SUM.fresh }]),
    );
    const { stdout } = await promisify(execFile)(process.execPath, [
      MAIN,
      ...addressesOf(upstream.url),
      ...['--runtime', 'python'],
    ]);
    expect(stdout).toContain('Python: added 3.13.6.');
    expect(await pins('python')).toMatchObject([{ version: '3.13.5' }, { version: '3.13.6' }]);
  });

  it('explains itself', async () => {
    expect(await update(new Map(), '--help')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('--recheck'),
    });
  });
});

describe('replaceFiles', () => {
  it('replaces none when one cannot be written, and leaves nothing beside them', async () => {
    const texts = new Map([
      [join(dataFolder, 'node.json'), 'new'],
      [join(dataFolder, 'no-folder', 'python.json'), 'new'],
    ]);
    await expect(replaceFiles(texts)).rejects.toThrow('ENOENT');
    expect(await contents()).toEqual(before);
  });
});
