import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { makeTempFolder } from '../src/index.ts';

const root = resolve(import.meta.dirname, '../../..');
const bundled = `import { printTitle } from ${JSON.stringify(join(root, 'packages/contracts/src/index.ts'))};
console.log(printTitle({ runtime: 'python', version: '3.13.5', platform: 'linux-amd64' }));`;

type PackageFile = { bundleBudgetKiB?: number; dependencies?: Record<string, string> };

async function makePackage(file: PackageFile): Promise<string> {
  const { path, remove } = await makeTempFolder();
  onTestFinished(remove);
  await mkdir(join(path, 'src'));
  await writeFile(join(path, 'package.json'), JSON.stringify({ name: 'sample', ...file }));
  await writeFile(join(path, 'src', 'main.ts'), bundled);
  return path;
}

async function bundle(folder: string): Promise<{ code: number; stderr: string }> {
  const run = promisify(execFile)(process.execPath, [join(root, 'scripts/bundle.ts')], { cwd: folder });
  return run.then(
    () => ({ code: 0, stderr: '' }),
    ({ code, stderr }) => ({ code, stderr }),
  );
}

const declared = { '@dtvem/contracts': 'workspace:*' };

test('a bundle runs by itself, and is the same each time', async () => {
  const folder = await makePackage({ bundleBudgetKiB: 200, dependencies: declared });
  expect(await bundle(folder)).toEqual({ code: 0, stderr: '' });
  const first = await readFile(join(folder, 'dist/index.cjs'));
  await bundle(folder);
  expect((await readFile(join(folder, 'dist/index.cjs'))).equals(first)).toBe(true);
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'dist/index.cjs')], {
    env: {},
  });
  expect(stdout).toBe('build(python): 3.13.5 linux-amd64\n');
});

test.each([
  [{ dependencies: declared }, 'package.json needs "bundleBudgetKiB"'],
  [{ bundleBudgetKiB: 1, dependencies: declared }, 'KiB, its budget is 1'],
  [{ bundleBudgetKiB: 200 }, '@dtvem/contracts is in the bundle'],
  [
    { bundleBudgetKiB: 200, dependencies: { '@dtvem/contracts': 'workspace:^' } },
    '@dtvem/contracts is in the bundle',
  ],
])('a bundle is refused: %j', async (file, why) => {
  const { code, stderr } = await bundle(await makePackage(file));
  expect(code).toBe(1);
  expect(stderr).toContain(why);
});
