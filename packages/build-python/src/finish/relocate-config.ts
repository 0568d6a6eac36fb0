import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJson, type Result, SENTINEL_PREFIX } from '@dtvem/contracts';
import type { BuildFolders } from '../build-folders.ts';
import { type Runner, runStep } from '../run-steps.ts';
import { relocatableMakefile, relocatablePkgConfig } from './makefile.ts';
import { configScript } from './script-headers.ts';
import {
  buildVariablesSchema,
  cleanVariables,
  printSysconfigModule,
  type Relocation,
} from './sysconfig-module.ts';
import { findInTree, findOne } from './tree-files.ts';

/** The interpreter writes its own variables down: only Python reads Python for certain. */
const DUMP = `
import importlib.util, json, sys
spec = importlib.util.spec_from_file_location("data", sys.argv[1])
data = importlib.util.module_from_spec(spec)
spec.loader.exec_module(data)
with open(sys.argv[2], "w", encoding="utf-8") as file:
    json.dump(data.build_time_vars, file)
`;

export type ConfigOptions = {
  /** Removes what only the build could use. */
  readonly scrub: (text: string) => string;
  /** The prefix that the interpreter itself was compiled with, which it reports while it is in its build folder. */
  readonly buildPrefix: string;
};

/** Makes everything that tells users how to compile against this Python follow the tree. */
export async function relocateConfig(
  python: string,
  { scrub, buildPrefix }: ConfigOptions,
  folders: BuildFolders,
  runner: Runner,
): Promise<Result<void>> {
  const { tree, source } = folders;
  const configFolder = await findOne(tree, 'lib/python*/config-*');
  const relocation = { sentinel: SENTINEL_PREFIX, sourceFolder: source, configFolder, scrub };
  await rewrite(join(tree, configFolder, 'Makefile'), (text) => relocatableMakefile(text, relocation));
  for (const path of await findInTree(tree, 'lib/pkgconfig/*.pc')) {
    await rewrite(join(tree, path), (text) => scrub(relocatablePkgConfig(text, SENTINEL_PREFIX)));
  }
  for (const path of await findInTree(tree, 'lib/python*/build-details.json')) {
    await rewrite(join(tree, path), (text) => relocateDetails(text, buildPrefix));
  }
  await rewrite(join(tree, 'bin', `${python}-config`), () => configScript(python, configFolder));
  return relocateSysconfig(join(tree, 'bin', python), relocation, folders, runner);
}

async function relocateSysconfig(
  python: string,
  relocation: Relocation,
  { tree, root }: BuildFolders,
  runner: Runner,
): Promise<Result<void>> {
  const module = join(tree, await findOne(tree, 'lib/python*/_sysconfigdata_*.py'));
  const dump = join(root, 'sysconfig.json');
  const argv = [python, '-I', '-S', '-c', DUMP, module, dump] as const;
  const dumped = await runStep({ label: 'reading build variables', argv: [...argv], cwd: root }, runner);
  if (!dumped.ok) return dumped;
  const variables = parseJson(buildVariablesSchema, await readFile(dump, 'utf8'));
  if (!variables.ok) throw new Error(`the build variables are of another kind: ${variables.message}`);
  const FOLDERS_BELOW_PREFIX = 2;
  await writeFile(
    module,
    printSysconfigModule(cleanVariables(variables.value, relocation), SENTINEL_PREFIX, FOLDERS_BELOW_PREFIX),
  );
  return dumped;
}

/** PEP 739 lets paths be relative to the file, which stands two folders below the prefix. */
function relocateDetails(text: string, buildPrefix: string): string {
  return text.replaceAll(SENTINEL_PREFIX, '../..').replaceAll(`"${buildPrefix}`, '"../..');
}

async function rewrite(path: string, change: (text: string) => string): Promise<void> {
  await writeFile(path, change(await readFile(path, 'utf8')));
}
