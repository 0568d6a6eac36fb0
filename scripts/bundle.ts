// Bundles the action in the current folder: `src/main.ts` to `dist/index.cjs`, one readable file that needs no install.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { build, type Metafile } from 'esbuild';

type PackageFile = {
  readonly name: string;
  readonly bundleBudgetKiB?: number;
  readonly dependencies?: Readonly<Record<string, string>>;
};

const BUNDLE = 'dist/index.cjs';
const root = resolve(import.meta.dirname, '..');
const own: PackageFile = JSON.parse(await readFile('package.json', 'utf8'));

await rm('dist', { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: ['src/main.ts'],
  outfile: BUNDLE,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node24',
  conditions: ['import', 'node'],
  charset: 'utf8',
  legalComments: 'external',
  metafile: true,
  logLevel: 'warning',
});
await writeFile('dist/meta.json', JSON.stringify(metafile));

const faults = [...sizeFaults(metafile), ...(await dependencyFaults(metafile))];
for (const fault of faults) console.error(`${own.name}: ${fault}`);
if (faults.length > 0) process.exit(1);
console.log(`${own.name}: ${BUNDLE} has ${kibibytes(metafile)} KiB of ${own.bundleBudgetKiB}`);

function kibibytes({ outputs }: Metafile): number {
  return Math.ceil((outputs[BUNDLE]?.bytes ?? 0) / 1024);
}

function sizeFaults(meta: Metafile): readonly string[] {
  if (own.bundleBudgetKiB === undefined) return ['package.json needs "bundleBudgetKiB".'];
  if (kibibytes(meta) <= own.bundleBudgetKiB) return [];
  return [
    `${BUNDLE} has ${kibibytes(meta)} KiB, its budget is ${own.bundleBudgetKiB}; dist/meta.json says what is in it.`,
  ];
}

/** A package in the bundle must be a dependency at `workspace:*`: else its changes never release this action. */
async function dependencyFaults(meta: Metafile): Promise<readonly string[]> {
  const folders = new Set(Object.keys(meta.inputs).flatMap(packageFolder));
  const names = await Promise.all([...folders].map(packageName));
  return names
    .filter((name) => name !== own.name && own.dependencies?.[name] !== 'workspace:*')
    .map((name) => `${name} is in the bundle, so it must be in "dependencies" as "workspace:*".`);
}

/** The workspace package that holds a bundled file; none for a file below node_modules. */
function packageFolder(input: string): readonly string[] {
  const [top, name, ...rest] = relative(root, resolve(input)).split(/[\\/]/);
  return top === 'packages' && name !== undefined && !rest.includes('node_modules')
    ? [resolve(root, top, name)]
    : [];
}

async function packageName(folder: string): Promise<string> {
  const { name }: PackageFile = JSON.parse(await readFile(resolve(folder, 'package.json'), 'utf8'));
  return name;
}
