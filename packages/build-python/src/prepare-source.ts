import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuiltDependency, extractSource, mergeTrees } from '@dtvem/build-kit';
import { ok, type Result } from '@dtvem/contracts';
import type { BuildFolders } from './build-folders.ts';
import { findInTree } from './finish/tree-files.ts';
import type { PythonRecipe } from './recipe.ts';

/** Puts the source, the recipe's own module list and the dependencies where the build expects them. */
export async function prepareSource(
  archive: string,
  dependencies: readonly BuiltDependency[],
  recipe: PythonRecipe,
  folders: BuildFolders,
): Promise<Result<void>> {
  const extracted = await extractSource(archive, folders.source);
  if (!extracted.ok) return extracted;
  await mergeTrees(
    dependencies.map(({ folder }) => folder),
    folders.deps,
    ['include', 'lib'],
  );
  if (recipe.setup.length > 0) await writeSetup(recipe.setup, join(folders.source, 'Modules'));
  return ok(undefined);
}

async function writeSetup(lines: readonly string[], modules: string): Promise<void> {
  const expanded = await Promise.all(lines.map((line) => expandLine(line, modules)));
  await writeFile(join(modules, 'Setup.local'), `${expanded.join('\n')}\n`);
}

/** Which files a module has changes from release to release: `_sqlite/*.c` is whatever this one has. */
async function expandLine(line: string, modules: string): Promise<string> {
  const words = line.split(' ').map(async (word) => {
    if (!/^\w+\/\*\.c$/.test(word)) return [word];
    return findInTree(modules, word);
  });
  return (await Promise.all(words)).flat().join(' ');
}
