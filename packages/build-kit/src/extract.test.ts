import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, readlink, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import tar from 'tar-stream';
import { describe, expect } from 'vitest';
import { testInFolder } from '../test/test-in-folder.ts';
import { extractSource } from './extract.ts';

const MTIME = new Date('2021-06-28T10:00:00Z');
type Member = Parameters<tar.Pack['entry']>[0] & { content?: string };

async function tarOf(members: readonly Member[]): Promise<Buffer> {
  const pack = tar.pack();
  for (const { content = '', ...header } of members) pack.entry({ mtime: MTIME, ...header }, content);
  pack.finalize();
  return buffer(pack);
}

async function extract(folder: string, members: readonly Member[]) {
  const archive = join(folder, 'source.tar.gz');
  await writeFile(archive, gzipSync(await tarOf(members)));
  return { result: await extractSource(archive, join(folder, 'out')), out: join(folder, 'out') };
}

const PLAIN: readonly Member[] = [
  { name: 'top-1.0/', type: 'directory', mode: 0o555 },
  { name: 'top-1.0/configure', mode: 0o555, content: '#!/bin/sh\n' },
  { name: 'top-1.0/deep/er/file.c', mode: 0o666, uid: 1234, content: 'int x;\n' },
  { name: 'top-1.0/deep/link', type: 'symlink', linkname: 'er/file.c' },
  { name: 'top-1.0/again', type: 'symlink', linkname: 'deep/link' },
  { name: 'top-1.0/hard', type: 'link', mode: 0o555, linkname: 'top-1.0/configure' },
];

describe('a source archive', () => {
  testInFolder('is unpacked without its top folder, with its times and links', async ({ folder }) => {
    const { result, out } = await extract(folder, PLAIN);
    expect(result).toEqual({ ok: true, value: undefined });
    expect((await readdir(out)).sort()).toEqual(['again', 'configure', 'deep', 'hard']);
    const configure = await stat(join(out, 'configure'));
    expect(configure.mtime).toEqual(MTIME);
    expect(configure.mode & 0o777).toBe(0o755);
    expect((await stat(join(out, 'deep/er/file.c'))).mode & 0o777).toBe(0o644);
    expect((await stat(join(out, 'deep/er/file.c'))).uid).toBe(process.getuid?.());
    expect(await readlink(join(out, 'again'))).toBe('deep/link');
    expect(await readFile(join(out, 'hard'), 'utf8')).toBe('#!/bin/sh\n');
  });

  testInFolder('may name its members with ./', async ({ folder }) => {
    const { result, out } = await extract(folder, [
      { name: './', type: 'directory' },
      { name: './top/', type: 'directory' },
      { name: './top/a', content: 'a' },
    ]);
    expect(result.ok).toBe(true);
    expect(await readdir(out)).toEqual(['a']);
  });

  testInFolder('of xz is told by its bytes, not by its name', async ({ folder }) => {
    const plain = join(folder, 'source');
    await writeFile(plain, await tarOf(PLAIN));
    const compressed = await promisify(execFile)('xz', ['-k', '--stdout', plain], {
      encoding: 'buffer',
    }).catch(() => undefined);
    if (compressed === undefined) return;
    const archive = join(folder, createHash('sha256').update(compressed.stdout).digest('hex'));
    await writeFile(archive, compressed.stdout);
    expect(await extractSource(archive, join(folder, 'out'))).toEqual({ ok: true, value: undefined });
    await writeFile(archive, compressed.stdout.subarray(0, -40));
    expect(await extractSource(archive, join(folder, 'cut'))).toMatchObject({ ok: false });
  });
});

describe('an archive that is refused leaves nothing', () => {
  testInFolder.for<[string, readonly Member[], string]>([
    ['a path with ..', [{ name: 'top/../../x', content: 'x' }], 'leaves the folder'],
    ['an absolute path', [{ name: '/etc/x', content: 'x' }], 'leaves the folder'],
    [
      'a link to an absolute place',
      [{ name: 'top/x', type: 'symlink', linkname: '/etc' }],
      'leaves the folder',
    ],
    [
      'a link out of the folder',
      [{ name: 'top/x', type: 'symlink', linkname: '../../etc' }],
      'leaves the folder',
    ],
    ['a link to the folder above', [{ name: 'top/x', type: 'symlink', linkname: '..' }], 'leaves the folder'],
    [
      'a hard link out of the folder',
      [{ name: 'top/x', type: 'link', linkname: '../x' }],
      'leaves the folder',
    ],
    [
      'two top folders',
      [
        { name: 'a/x', content: 'x' },
        { name: 'b/x', content: 'x' },
      ],
      'two top folders',
    ],
    ['a file without a folder', [{ name: 'x', content: 'x' }], 'in no folder'],
    ['a device', [{ name: 'top/x', type: 'character-device' }], 'unsupported type'],
    [
      'a member behind a link',
      [
        { name: 'top/d/', type: 'directory' },
        { name: 'top/l', type: 'symlink', linkname: 'd' },
        { name: 'top/l/x', content: 'x' },
      ],
      'not a valid path',
    ],
  ])('%s', async ([, members, cause], { folder }) => {
    const { result, out } = await extract(
      folder,
      [{ name: 'top/first', content: 'fine' }, ...members].slice(
        members.some((member) => member.name === 'x' || member.name === 'a/x') ? 1 : 0,
      ),
    );
    expect(result).toMatchObject({
      ok: false,
      problem: { code: 'source-unreadable', message: expect.stringContaining(cause) },
    });
    await expect(stat(out)).rejects.toThrow('ENOENT');
    await expect(stat(join(folder, 'x'))).rejects.toThrow('ENOENT');
  });

  testInFolder('one that is cut short, wherever', async ({ folder }) => {
    const whole = gzipSync(await tarOf(PLAIN));
    const archive = join(folder, 'source.tgz');
    for (const length of [0, 1, 9, 100, whole.length - 9, whole.length - 1]) {
      await writeFile(archive, whole.subarray(0, length));
      const result = await extractSource(archive, join(folder, 'out'));
      expect(result, `${length} bytes`).toMatchObject({ ok: false, problem: { code: 'source-unreadable' } });
    }
    await expect(stat(join(folder, 'out'))).rejects.toThrow('ENOENT');
  });

  testInFolder('one of another kind', async ({ folder }) => {
    await writeFile(join(folder, 'x.tar.gz'), '<html>not found</html>');
    const result = await extractSource(join(folder, 'x.tar.gz'), join(folder, 'out'));
    expect(result).toMatchObject({
      ok: false,
      problem: { message: expect.stringContaining('neither gzip nor xz') },
    });
  });
});
