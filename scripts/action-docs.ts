// Writes the API tables of every action's README from its action.yml and spec; `--check` only names those that differ.
import { glob, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  apiSection,
  type DescribedAction,
  readActionFile,
  withApiSection,
} from '../packages/testkit/src/index.ts';

const root = join(import.meta.dirname, '..');
const checkOnly = process.argv.includes('--check');
const outdated: string[] = [];

for await (const file of glob('packages/*/action.yml', { cwd: root })) {
  const folder = join(root, dirname(file));
  const { spec }: { readonly spec: DescribedAction } = await import(join(folder, 'src', 'spec.ts'));
  const readme = await readFile(join(folder, 'README.md'), 'utf8');
  const wanted = withApiSection(readme, apiSection(await readActionFile(folder), spec));
  if (wanted === readme) continue;
  outdated.push(join(dirname(file), 'README.md'));
  if (!checkOnly) await writeFile(join(folder, 'README.md'), wanted);
}

for (const path of outdated) console.log(`${checkOnly ? 'outdated' : 'written'}: ${path}`);
if (checkOnly && outdated.length > 0) process.exit(1);
