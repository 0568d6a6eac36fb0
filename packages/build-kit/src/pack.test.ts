import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmod,
  chown,
  link,
  mkdir,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { describe, expect, vi } from 'vitest';
import { testInFolder } from '../test/test-in-folder.ts';
import { hashFile } from './hash-file.ts';
import { packTree } from './pack.ts';

const MTIME = new Date('2024-02-29T12:34:56.789Z');
const isRoot = process.getuid?.() === 0;

const FILES: readonly (readonly [name: string, content: string, mode: number])[] = [
  ['bin/python3.13', 'ELF', 0o755],
  ['bin/python3', 'ELF', 0o755],
  ['lib/a-b.py', 'b', 0o644],
  ['lib/a.py', 'a', 0o644],
  ['lib/a/c.py', '', 0o644],
  ['lib/ä ö.txt', 'umlauts', 0o644],
  [`lib/${'deep/'.repeat(40)}file`, 'x'.repeat(100_000), 0o644],
];

/** One tree, made in the given order; what must not matter differs with `variant`. */
async function makeTree(folder: string, variant: 'plain' | 'twisted'): Promise<void> {
  const twisted = variant === 'twisted';
  const umask = process.umask(twisted ? 0o077 : 0o022);
  try {
    for (const [name, content, mode] of twisted ? FILES.toReversed() : FILES) {
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
      await chmod(path, twisted ? mode & 0o711 : mode);
      if (twisted) await utimes(path, new Date(0), new Date(1e12));
      if (twisted && isRoot) await chown(path, 1234, 5678);
    }
    if (twisted) {
      await rm(join(folder, 'bin/python3'));
      await link(join(folder, 'bin/python3.13'), join(folder, 'bin/python3'));
    }
    await symlink('python3', join(folder, 'bin/python'));
    await symlink('../lib/deep', join(folder, 'bin/link-to-folder'));
  } finally {
    process.umask(umask);
  }
}

function pack(folder: string, archive: string, signal = new AbortController().signal) {
  return packTree({ folder, top: 'python' }, archive, { mtime: MTIME, signal });
}

describe('the archive', () => {
  testInFolder('depends on nothing but the content of the tree', async ({ folder }) => {
    const zone = process.env['TZ'];
    const sums: string[] = [];
    for (const variant of ['plain', 'twisted'] as const) {
      await makeTree(join(folder, variant), variant);
      process.env['TZ'] = variant === 'plain' ? 'UTC' : 'Pacific/Kiritimati';
      const packed = await pack(join(folder, variant), join(folder, `${variant}.tar.gz`));
      if (packed.ok) sums.push(packed.value.sha256);
    }
    process.env['TZ'] = zone;
    expect(sums).toHaveLength(2);
    expect(sums[0]).toBe(sums[1]);
  });

  testInFolder(
    'has the size and the sha256 that are returned, and a header that names no system',
    async ({ folder }) => {
      await makeTree(join(folder, 'tree'), 'plain');
      const archive = join(folder, 'out.tar.gz');
      expect(await pack(join(folder, 'tree'), archive)).toEqual({ ok: true, value: await hashFile(archive) });
      const bytes = await readFile(archive);
      expect([...bytes.subarray(0, 10)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255]);
      expect(gunzipSync(bytes).length % 512).toBe(0);
      expect((await readdir(folder)).sort()).toEqual(['out.tar.gz', 'tree']);
    },
  );

  testInFolder(
    'lists one sorted top folder, owner 0/0, one time, known modes and no hard links',
    async ({ folder }) => {
      await makeTree(join(folder, 'tree'), 'twisted');
      const archive = join(folder, 'out.tar.gz');
      await pack(join(folder, 'tree'), archive);
      const env = { TZ: 'UTC', LC_ALL: 'C', PATH: '/usr/bin:/bin' };
      const list = (...args: string[]) => promisify(execFile)('tar', [...args, archive], { env });
      const version = await promisify(execFile)('tar', ['--version'], { env }).catch(() => undefined);
      if (version === undefined || !version.stdout.includes('GNU tar')) return;
      const names = (await list('--quoting-style=literal', '-tf')).stdout.trim().split('\n');
      expect(names).toEqual([...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
      expect(new Set(names).size).toBe(names.length);
      expect(names.every((name) => name.startsWith('python/'))).toBe(true);
      const lines = (await list('--numeric-owner', '--full-time', '-tvf')).stdout.trim().split('\n');
      const fields = lines.map((line) => line.split(/\s+/));
      expect(new Set(fields.map(([mode]) => mode))).toEqual(
        new Set(['drwxr-xr-x', '-rwxr-xr-x', '-rw-r--r--', 'lrwxrwxrwx']),
      );
      expect(new Set(fields.map(([, owner]) => owner))).toEqual(new Set(['0/0']));
      expect(new Set(fields.map(([, , , day, time]) => `${day} ${time}`))).toEqual(
        new Set(['2024-02-29 12:34:56']),
      );
      expect(lines.some((line) => line.startsWith('h'))).toBe(false);
      await mkdir(join(folder, 'again'));
      await promisify(execFile)('tar', ['-xf', archive, '-C', join(folder, 'again')], { env });
      for (const [name, content] of FILES) {
        expect(await readFile(join(folder, 'again/python', name), 'utf8')).toBe(
          name === 'bin/python3' ? 'ELF' : content,
        );
      }
    },
  );

  testInFolder('leaves the tree as it was', async ({ folder }) => {
    const tree = join(folder, 'tree');
    await makeTree(tree, 'twisted');
    const look = async () => {
      const names = await readdir(tree, { recursive: true });
      return Promise.all(
        names.map(async (name) => [
          name,
          (await stat(join(tree, name))).mtimeMs,
          (await stat(join(tree, name))).ctimeMs,
        ]),
      );
    };
    const before = await look();
    await pack(tree, join(folder, 'out.tar.gz'));
    expect(await look()).toEqual(before);
  });
});

describe('packing fails and leaves no archive', () => {
  testInFolder.for([
    ['an absolute link', '/usr/lib', 'is absolute'],
    ['a link out of the tree', '../../outside', 'leads out of the tree'],
    ['a link that leaves the tree and comes back', '../../tree/bin', 'leads out of the tree'],
    ['a dangling link', 'nothing', 'leads nowhere'],
    ['a link to itself', 'bad', 'leads nowhere'],
    ['a link through a link out of the tree', '../up/outside', 'leads out of the tree'],
  ] as const)('%s', async ([, target, cause], { folder }) => {
    const tree = join(folder, 'tree');
    await makeTree(tree, 'plain');
    await writeFile(join(folder, 'outside'), '');
    if (target.startsWith('../up')) await symlink('..', join(tree, 'up'));
    await symlink(target, join(tree, 'lib/bad'));
    const result = await pack(tree, join(folder, 'out.tar.gz'));
    expect(result).toMatchObject({
      ok: false,
      problem: { code: 'packing-failed', message: expect.stringContaining(cause) },
    });
    expect((await readdir(folder)).sort()).toEqual(['outside', 'tree']);
  });

  testInFolder('a socket', async ({ folder }) => {
    await mkdir(join(folder, 't'));
    const server = createServer().listen(join(folder, 't/s'));
    await new Promise((resolve) => server.once('listening', resolve));
    const result = await pack(join(folder, 't'), join(folder, 'out.tar.gz'));
    server.close();
    expect(result).toMatchObject({
      ok: false,
      problem: { message: expect.stringContaining('python/s is neither') },
    });
  });

  /** Begins to pack a tree whose first file keeps it busy for long enough to change something meanwhile. */
  async function beginPacking(folder: string, signal?: AbortSignal) {
    const tree = join(folder, 'tree');
    await makeTree(tree, 'plain');
    await writeFile(join(tree, 'a-large-file'), randomBytes(20_000_000));
    await writeFile(join(tree, 'z'), 'as it was listed');
    const packing = pack(tree, join(folder, 'out.tar.gz'), signal);
    await vi.waitFor(() => stat(join(folder, 'out.tar.gz.partial')), { timeout: 10_000, interval: 5 });
    return { packing, tree };
  }

  testInFolder.for(['longer than it was listed', 'short'])(
    'a file that changes meanwhile: %s',
    async (content, { folder }) => {
      const { packing, tree } = await beginPacking(folder);
      await writeFile(join(tree, 'z'), content);
      expect(await packing).toMatchObject({ ok: false, problem: { code: 'packing-failed' } });
      expect(await readdir(folder)).toEqual(['tree']);
    },
  );

  testInFolder('a file that goes away meanwhile', async ({ folder }) => {
    const { packing, tree } = await beginPacking(folder);
    await rm(join(tree, 'z'));
    expect(await packing).toMatchObject({
      ok: false,
      problem: { message: expect.stringContaining('ENOENT') },
    });
  });

  testInFolder('an abort', async ({ folder }) => {
    const controller = new AbortController();
    const { packing } = await beginPacking(folder, controller.signal);
    controller.abort();
    expect(await packing).toMatchObject({ ok: false, problem: { code: 'interrupted' } });
    expect(await readdir(folder)).toEqual(['tree']);
  });
});
