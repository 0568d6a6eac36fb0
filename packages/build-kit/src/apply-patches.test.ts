import { mkdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { describe, expect } from 'vitest';
import { testInFolder } from '../test/test-in-folder.ts';
import { applyPatches } from './apply-patches.ts';

const NUMBERS = Array.from({ length: 40 }, (_, index) => `line ${index + 1}\n`).join('');

function patchOf(name: string, before: string, after: string) {
  return { name: 'test.patch', text: createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after) };
}

async function put(folder: string, name: string, content: string | Buffer): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, content);
  return path;
}

describe('what applies', () => {
  testInFolder(
    'changes files and keeps their times, in order, each patch on the result of the one before',
    async ({ folder }) => {
      const path = await put(folder, 'Lib/x.py', NUMBERS);
      const released = new Date('2020-01-01T00:00:00Z');
      await utimes(path, released, released);
      const once = NUMBERS.replace('line 3\n', 'changed\n').replace('line 33\n', '');
      const twice = once.replace('changed\n', 'changed again\n');
      const patches = [patchOf('Lib/x.py', NUMBERS, once), patchOf('Lib/x.py', once, twice)];
      expect(await applyPatches(folder, patches)).toEqual({ ok: true, value: undefined });
      expect(await readFile(path, 'utf8')).toBe(twice);
      expect((await stat(path)).mtime).toEqual(released);
    },
  );

  testInFolder('a hunk whose lines moved', async ({ folder }) => {
    const path = await put(folder, 'x', `new first line\n${NUMBERS}`);
    const patch = patchOf('x', NUMBERS, NUMBERS.replace('line 20\n', 'twenty\n'));
    expect((await applyPatches(folder, [patch])).ok).toBe(true);
    expect(await readFile(path, 'utf8')).toContain('line 19\ntwenty\nline 21');
  });

  testInFolder('new and removed files', async ({ folder }) => {
    await put(folder, 'old', 'gone\n');
    const text =
      '--- /dev/null\n+++ b/deep/new\n@@ -0,0 +1 @@\n+hello\n--- a/old\n+++ /dev/null\n@@ -1 +0,0 @@\n-gone\n';
    expect((await applyPatches(folder, [{ name: 'n', text }])).ok).toBe(true);
    expect(await readFile(join(folder, 'deep/new'), 'utf8')).toBe('hello\n');
    await expect(stat(join(folder, 'old'))).rejects.toThrow('ENOENT');
  });

  testInFolder('bytes that are no UTF-8 stay as they are, and a patch may hold UTF-8', async ({ folder }) => {
    const path = await put(folder, 'x', Buffer.concat([Buffer.from([0xe9, 0x0a]), Buffer.from('naïve\n')]));
    const text = '--- a/x\n+++ b/x\n@@ -2 +2 @@\n-naïve\n+wärmer\n';
    expect((await applyPatches(folder, [{ name: 'n', text }])).ok).toBe(true);
    expect(await readFile(path)).toEqual(Buffer.concat([Buffer.from([0xe9, 0x0a]), Buffer.from('wärmer\n')]));
  });
});

describe('what is rejected, with nothing written', () => {
  testInFolder('a hunk whose context differs, by its number', async ({ folder }) => {
    const path = await put(folder, 'x', NUMBERS.replace('line 34\n', 'line thirty-four\n'));
    const wanted = NUMBERS.replace('line 3\n', 'three\n').replace('line 33\n', 'thirty-three\n');
    const good = patchOf('x', NUMBERS, NUMBERS.replace('line 20\n', 'twenty\n'));
    const result = await applyPatches(folder, [
      good,
      { ...patchOf('x', NUMBERS, wanted), name: 'bad.patch' },
    ]);
    expect(result).toMatchObject({
      ok: false,
      problem: {
        code: 'patch-rejected',
        message: 'The patch bad.patch was rejected: hunk 2 of 2 does not fit x.',
      },
    });
    expect(await readFile(path, 'utf8')).not.toContain('twenty');
  });

  testInFolder.for([
    ['a line that is not there', '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-line one\n+line 1\n', 'hunk 1 of 1'],
    ['other line endings', '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-line 1\r\n+one\r\n', 'hunk 1 of 1'],
    ['a file that is not there', '--- a/y\n+++ b/y\n@@ -1 +1 @@\n-a\n+b\n', 'y does not exist'],
    ['a new file that is there', '--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+a\n', 'x is there already'],
    ['a removal that leaves something', '--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-line 1\n', 'holds more'],
    ['a path that leaves the folder', '--- a/../x\n+++ b/../x\n@@ -1 +1 @@\n-a\n+b\n', 'not supported'],
    ['an absolute path', '--- /etc/x\n+++ /etc/x\n@@ -1 +1 @@\n-a\n+b\n', 'not supported'],
    ['a text that is no patch', 'hello\n', 'changes nothing'],
    ['a damaged patch', '--- a/x\n+++ b/x\n@@ -1,3 +1 @@\n-line 1\n', 'no unified diff'],
  ] as const)('%s', async ([, text, cause], { folder }) => {
    await put(folder, 'x', NUMBERS);
    const result = await applyPatches(folder, [{ name: 'n', text }]);
    expect(result).toMatchObject({
      ok: false,
      problem: { code: 'patch-rejected', message: expect.stringContaining(cause) },
    });
    expect(await readFile(join(folder, 'x'), 'utf8')).toBe(NUMBERS);
  });
});
