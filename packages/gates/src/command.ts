import { spawn } from 'node:child_process';

export type Command = {
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly user: { readonly uid: number; readonly gid: number } | undefined;
  readonly seconds: number;
  readonly signal: AbortSignal;
};

export type CommandOutcome = {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly timedOut: boolean;
  /** The end of what it wrote to standard output and standard error, as it came. */
  readonly output: string;
};

const MAX_OUTPUT_BYTES = 64 * 1024;

// The guard sees end-of-file on descriptor 3 when this process is gone, however it went, and then ends the group.
const GUARDED = `
exec 3<&0 </dev/null
(exec >/dev/null 2>&1; cat <&3; kill -KILL 0) &
exec 3<&- "$@"`;

/**
 * Runs a command in a process group of its own, which is ended as a whole when the command ends, takes longer than
 * `seconds`, or is aborted, and also when this process dies. A command that cannot be found exits with 127.
 */
export async function runCommand(command: Command): Promise<CommandOutcome> {
  const child = spawn('/bin/sh', ['-c', GUARDED, 'sh', ...command.argv], {
    cwd: command.cwd,
    env: command.env,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    ...command.user,
  });
  const tail = new OutputTail();
  child.stdout.on('data', (chunk: Buffer) => tail.add(chunk));
  child.stderr.on('data', (chunk: Buffer) => tail.add(chunk));
  child.stdin.on('error', () => {});

  const endGroup = () => endProcessGroup(child.pid);
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    endGroup();
  }, command.seconds * 1000);
  command.signal.addEventListener('abort', endGroup);
  if (command.signal.aborted) endGroup();
  // What the command leaves running holds its output open, so the group ends with the command, not with the output.
  child.on('exit', endGroup);

  try {
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    return { exitCode, timedOut, output: tail.text() };
  } finally {
    clearTimeout(timer);
    command.signal.removeEventListener('abort', endGroup);
  }
}

function endProcessGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The whole group has ended already.
  }
}

class OutputTail {
  #bytes: Buffer = Buffer.alloc(0);

  add(chunk: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, chunk]).subarray(-MAX_OUTPUT_BYTES);
  }

  text(): string {
    return this.#bytes.toString('utf8');
  }
}
