import { execFile } from 'node:child_process';
import type { StatsFs } from 'node:fs';
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { fail, ok, type Result } from '@dtvem/contracts';
import { FREE_SPACE } from './common-problems.ts';
import { errnoOf } from './errno.ts';
import { buildPath, findTools } from './find-tools.ts';
import machineTools from './machine-tools.json' with { type: 'json' };

export type MachineNeeds = {
  /** Programs by their names: `cc`, `make`, `perl`. */
  readonly tools: readonly string[];
  readonly diskBytes: number;
  /** Where the build will work; need not exist yet. */
  readonly folder: string;
};

type System = 'debian' | 'fedora' | 'macos';
const INSTALLERS = {
  debian: ['Debian', 'sudo apt-get install'],
  fedora: ['Fedora', 'sudo dnf install'],
  macos: ['macOS', 'brew install'],
} as const;
const PACKAGES: ReadonlyMap<string, Readonly<Record<System, string>>> = new Map(
  Object.entries(machineTools.tools),
);

/**
 * Everything that this machine lacks, said at once: `machine-lacks-tools` with the packages to install, or
 * `disk-space-low` when only the disk is too small.
 */
export async function checkMachine(needs: MachineNeeds): Promise<Result<void>> {
  const missing = await missingTools(needs.tools);
  const space = await spaceProblem(needs);
  if (missing.length === 0) {
    return space === undefined ? ok(undefined) : fail('disk-space-low', `${space}.`, FREE_SPACE);
  }
  const lacks = `This machine lacks ${list(missing)}`;
  return space === undefined
    ? fail('machine-lacks-tools', `${lacks}.`, installAdvice(missing))
    : fail('machine-lacks-tools', `${lacks}; and ${space}.`, `${installAdvice(missing)} ${FREE_SPACE}`);
}

async function missingTools(tools: readonly string[]): Promise<readonly string[]> {
  const found = await findTools(tools);
  const missing = tools.filter((tool) => found.get(tool) === undefined);
  const compiles = !found.has('cc') || missing.includes('cc') || (await canCompile());
  return compiles ? missing : ['cc', ...missing];
}

/** A `cc` may be there without the C library's headers, and macOS has one that only asks to be installed. */
async function canCompile(): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'dtvem-check-'));
  const env = { PATH: await buildPath(), LANG: 'C.UTF-8' };
  try {
    await writeFile(join(folder, 'check.c'), '#include <stdio.h>\nint main(void) { return puts("") < 0; }\n');
    await promisify(execFile)('cc', ['check.c', '-o', 'check'], { cwd: folder, env, timeout: 60_000 });
    return true;
  } catch {
    return false;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function spaceProblem(needs: MachineNeeds): Promise<string | undefined> {
  const { bavail, bsize } = await statfsOfNearest(needs.folder);
  const free = bavail * bsize;
  if (free >= needs.diskBytes) return undefined;
  return `the disk of ${needs.folder} has ${gibibytes(free)} free where ${gibibytes(needs.diskBytes)} are needed`;
}

/** Of the folder, or of the nearest one above it that exists. */
async function statfsOfNearest(folder: string): Promise<StatsFs> {
  try {
    return await statfs(folder);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
    return statfsOfNearest(dirname(folder));
  }
}

function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}

function installAdvice(tools: readonly string[]): string {
  const systems: readonly System[] = ['debian', 'fedora', 'macos'];
  return `Install: ${systems.map((system) => installCommand(system, tools)).join('; ')}.`;
}

function installCommand(system: System, tools: readonly string[]): string {
  const packages = new Set(tools.flatMap((tool) => (PACKAGES.get(tool)?.[system] ?? tool).split(' ')));
  const [name, installer] = INSTALLERS[system];
  const commands = packages.delete('xcode') ? ['xcode-select --install'] : [];
  if (packages.size > 0) commands.push(`${installer} ${[...packages].join(' ')}`);
  return `${name}: ${commands.join(' && ')}`;
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
