import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { fail, ok, type Report, type Result } from '@dtvem/contracts';
import { messageOf } from './errno.ts';
import { buildPath } from './find-tools.ts';
import { type Command, type CommandOutcome, runCommand } from './run-command.ts';

const execute = promisify(execFile);

/** Where and with which compiler a recipe's commands run. */
export type Toolchain = {
  readonly kind: 'host';
  /** The compiler and the C library as a build report names them: `gcc 12.2.0`, `glibc 2.36`. */
  describe(): Promise<Result<{ readonly compiler: string; readonly libc: string }>>;
  /** Runs a command; its `env` is added to, and wins over, the few variables that every command gets. */
  run(command: Command): Promise<CommandOutcome>;
};

type HostOptions = {
  readonly report: Report;
  readonly logFile: string;
  readonly signal: AbortSignal;
  /** A folder of the build's own, made when it is not there: upstream code never sees the user's. */
  readonly homeFolder: string;
};

/** 1980-01-01, the earliest time that every archive format can hold. */
const SOURCE_DATE_EPOCH = '315532800';

/** The machine's own compiler and C library. */
export function hostToolchain(options: HostOptions): Toolchain {
  return {
    kind: 'host',
    describe: () => describeHost(options.signal),
    async run(command) {
      await mkdir(options.homeFolder, { recursive: true });
      const env = { ...(await commonVariables()), HOME: options.homeFolder, ...command.env };
      return runCommand({ ...command, env }, options);
    },
  };
}

async function commonVariables(): Promise<Readonly<Record<string, string>>> {
  return { PATH: await buildPath(), LANG: 'C.UTF-8', TZ: 'UTC', SOURCE_DATE_EPOCH };
}

async function describeHost(signal: AbortSignal): Promise<Result<{ compiler: string; libc: string }>> {
  const env = await commonVariables();
  const print = async (program: string, ...args: readonly string[]) =>
    (await execute(program, args, { env, signal, timeout: 30_000 })).stdout;
  try {
    const compiler = nameCompiler(await print('cc', '--version'));
    const libc = await print('getconf', 'GNU_LIBC_VERSION').catch(() => print('sw_vers', '-productVersion'));
    return ok({ compiler, libc: nameLibc(libc) });
  } catch (error) {
    return fail(
      'machine-lacks-tools',
      `The compiler or the C library of this machine does not say what it is: ${messageOf(error)}.`,
      'Install a C compiler (Debian: gcc libc6-dev; Fedora: gcc glibc-devel; macOS: xcode-select --install).',
    );
  }
}

/** `gcc 12.2.0` or `clang 16.0.0` of what `cc --version` prints; gcc names itself by its program, `cc` here. */
export function nameCompiler(printed: string): string {
  const [first = ''] = printed.split('\n');
  const version =
    /(\d+\.\d+(?:\.\d+)?)(?!.*\d\.\d)/.exec(first.replace(/\(.*?\)/g, ''))?.[1] ?? 'of unknown version';
  if (/clang/i.test(first)) return `clang ${version}`;
  return `${printed.includes('Free Software Foundation') ? 'gcc' : 'cc'} ${version}`;
}

/** `glibc 2.36` of what `getconf GNU_LIBC_VERSION` prints; a bare version is that of macOS. */
export function nameLibc(printed: string): string {
  const text = printed.trim();
  return /^[\d.]+$/.test(text) ? `macOS ${text}` : text;
}
