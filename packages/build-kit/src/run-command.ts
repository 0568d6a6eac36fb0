import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import timers from 'node:timers/promises';
import type { Report } from '@dtvem/contracts';
import { countReporter } from './count-reporter.ts';
import { errnoOf } from './errno.ts';
import { OutputLines } from './output-lines.ts';
import { openOutputPipe } from './output-pipe.ts';

export type Command = {
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  /** All variables that the command sees: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** What a person reads while it works. */
  readonly label: string;
};

export type CommandOutcome = {
  /** Null when a signal ended the command; 127 when its program was not found. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly lines: number;
  readonly seconds: number;
  /** The last 40 lines that it printed, bounded and without control characters; untrusted text. */
  readonly tail: readonly string[];
};

export type RunOptions = {
  readonly report: Report;
  /** Receives what the command prints, both streams in their order, after what is there. */
  readonly logFile: string;
  readonly signal: AbortSignal;
  /** How long the processes may take to end by themselves after an abort. */
  readonly graceMilliseconds?: number;
};

/**
 * The guard waits on a pipe (3) whose other end only our process holds. When that closes, for whatever reason and
 * SIGKILL too, it kills its own process group, which is the command's. It is forked twice, so that the command never
 * sees a child that it did not start. `env -i` because bash, where it is the sh, exports variables of its own.
 */
const GUARDED = `
( ( trap '' HUP INT TERM; read -r _ <&3; kill -KILL 0 ) >/dev/null 2>&1 & )
exec 3<&- /usr/bin/env -i "$@"
`;

const DEFAULT_GRACE = 5000;
/** Only a process that left the group can still hold the output open after the group was killed. */
const WAIT_FOR_STRAYS = 3000;

/**
 * Runs a command in a process group of its own and waits for its end. No process of the group outlives this call, an
 * abort (TERM, then KILL after the grace) or our own process. Throws only when `cwd` or the log's folder do not exist.
 */
export async function runCommand(command: Command, options: RunOptions): Promise<CommandOutcome> {
  const started = performance.now();
  const lines = new OutputLines();
  const log = await open(options.logFile, 'a');
  try {
    await append(log, Buffer.from(`\n$ ${command.argv.join(' ')}\n`));
    const end = options.signal.aborted
      ? { exitCode: null, signal: 'SIGTERM' }
      : await runGroup(command, options, (output) => follow(output, log, lines, command, options.report));
    return { ...end, tail: lines.end(), lines: lines.count, seconds: (performance.now() - started) / 1000 };
  } finally {
    await log.close();
  }
}

type End = Pick<CommandOutcome, 'exitCode' | 'signal'>;

async function runGroup(
  command: Command,
  options: RunOptions,
  read: (output: Readable) => Promise<void>,
): Promise<End> {
  const { reader, writer } = await openOutputPipe();
  const variables = Object.entries(command.env).map(([name, value]) => `${name}=${value}`);
  const child = spawn('/bin/sh', ['-c', GUARDED, 'sh', ...variables, ...command.argv], {
    cwd: command.cwd,
    env: {},
    detached: true,
    stdio: ['ignore', writer, writer, 'pipe'],
  });
  closeSync(writer);
  const reading = read(reader);
  try {
    const end = await endOf(child, options);
    await Promise.race([reading, timers.setTimeout(WAIT_FOR_STRAYS, undefined, { ref: false })]);
    return end;
  } finally {
    reader.destroy();
    child.stdio[3]?.destroy();
    await reading;
  }
}

/** Waits for the command's end, which an abort hastens, and kills what is left of its group. */
function endOf(child: ChildProcess, options: RunOptions): Promise<End> {
  const { promise, resolve, reject } = Promise.withResolvers<End>();
  let killer: NodeJS.Timeout | undefined;
  const stop = () => {
    killGroup(child, 'SIGTERM');
    killer = setTimeout(() => killGroup(child, 'SIGKILL'), options.graceMilliseconds ?? DEFAULT_GRACE);
  };
  child.once('error', reject);
  child.once('exit', (exitCode, signal) => {
    options.signal.removeEventListener('abort', stop);
    clearTimeout(killer);
    killGroup(child, 'SIGKILL');
    resolve({ exitCode, signal });
  });
  options.signal.addEventListener('abort', stop, { once: true });
  if (options.signal.aborted) stop();
  return promise;
}

/** Safe against a reused id as long as the guard lives, and it lives until the group is killed. */
function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if (errnoOf(error) !== 'ESRCH') throw error;
  }
}

async function follow(
  output: Readable,
  log: FileHandle,
  lines: OutputLines,
  command: Command,
  report: Report,
): Promise<void> {
  const counter = countReporter(report, { text: command.label, unit: 'lines' });
  try {
    for await (const chunk of output) {
      if (!Buffer.isBuffer(chunk)) continue;
      await append(log, chunk);
      lines.add(chunk);
      counter.update(lines.count);
    }
  } catch (error) {
    if (errnoOf(error) !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
  counter.finish(lines.count);
}

/** A full disk must not hide what the command says of it: the command goes on and fails by itself. */
async function append(log: FileHandle, chunk: Buffer): Promise<void> {
  try {
    await log.appendFile(chunk);
  } catch (error) {
    if (errnoOf(error) !== 'ENOSPC') throw error;
  }
}
