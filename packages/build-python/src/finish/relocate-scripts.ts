import { readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { relocatableScript } from './script-headers.ts';
import { findInTree } from './tree-files.ts';

const SCRIPTS = ['bin/*', 'lib/python*/config-*/*.py'];

/** Makes every script of the tree run with the tree's own interpreter. */
export async function relocateScripts(tree: string, python: string): Promise<void> {
  for (const pattern of SCRIPTS) {
    for (const path of await findInTree(tree, pattern)) {
      const text = await readFile(join(tree, path), 'latin1');
      if (!text.startsWith('#!')) continue;
      const toPython = relative(dirname(path), join('bin', python));
      const script = relocatableScript(text, toPython);
      if (script !== undefined) await writeFile(join(tree, path), script, 'latin1');
    }
  }
}

/** `python` and `python3` themselves, which no install makes both of. */
export async function linkInterpreter(tree: string, python: string): Promise<void> {
  for (const name of ['python', 'python3']) {
    const isThere = (await findInTree(tree, `bin/${name}`)).length > 0;
    if (!isThere) await symlink(python, join(tree, 'bin', name));
  }
}
