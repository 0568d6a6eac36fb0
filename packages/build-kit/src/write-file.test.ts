import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { testInFolder } from '../test/test-in-folder.ts';
import { hashFile } from './hash-file.ts';
import { writeFileAtomically } from './write-file.ts';

testInFolder('writes a file, replaces it, and leaves nothing beside it', async ({ folder }) => {
  const path = join(folder, 'file');
  await writeFileAtomically(path, 'one');
  await writeFileAtomically(path, Buffer.from('abc'));
  expect(await readFile(path, 'utf8')).toBe('abc');
  expect(await readdir(folder)).toEqual(['file']);
  expect(await hashFile(path)).toEqual({
    sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    size: 3,
  });
});

testInFolder('leaves nothing when it cannot', async ({ folder }) => {
  await mkdir(join(folder, 'place/below'), { recursive: true });
  await expect(writeFileAtomically(join(folder, 'place'), 'x')).rejects.toThrow();
  expect(await readdir(folder)).toEqual(['place']);
});
