import { copyFile, cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuiltDependency } from '@dtvem/build-kit';

/** The licences of CPython, of what its source bundles, and of every library that is linked in, in `licenses/`. */
export async function addLicenses(
  tree: string,
  source: string,
  dependencies: readonly BuiltDependency[],
): Promise<void> {
  const folder = join(tree, 'licenses');
  await mkdir(folder, { recursive: true });
  await copyFile(join(source, 'LICENSE'), join(folder, 'cpython.txt'));
  await copyFile(join(source, 'Doc', 'license.rst'), join(folder, 'cpython-bundled.rst'));
  for (const dependency of dependencies) {
    await cp(join(dependency.folder, 'licenses'), folder, { recursive: true });
  }
}
