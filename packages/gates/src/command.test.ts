import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scheduler } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Command, runCommand } from './command.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gates command-'));
});

afterEach(() => rm(folder, { recursive: true }));

function run(script: string, more: Partial<Command> = {}) {
  return runCommand({
    argv: ['/bin/sh', '-c', script],
    cwd: folder,
    env: { PATH: '/usr/bin:/bin' },
    user: undefined,
    seconds: 20,
    signal: new AbortController().signal,
    ...more,
  });
}

/** The process whose number a command wrote to the file `pid`. */
async function writtenPid(): Promise<number> {
  for (;;) {
    const text = await readFile(join(folder, 'pid'), 'utf8').catch(() => '');
    if (text.endsWith('\n')) return Number(text);
    await scheduler.wait(10);
  }
}

/** A process that has ended may be left as a zombie where nothing collects orphans. */
async function hasEnded(pid: number): Promise<boolean> {
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ' Z ');
  return state.includes(' Z ');
}

async function endsSoon(pid: number): Promise<boolean> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (await hasEnded(pid)) return true;
    await scheduler.wait(20);
  }
  return false;
}

describe('a command', () => {
  it('answers with its exit code and both of its outputs', async () => {
    expect(await run('echo out; echo err >&2; exit 3')).toEqual({
      exitCode: 3,
      timedOut: false,
      output: expect.stringMatching(/out\nerr|err\nout/),
    });
  });

  it('sees no environment but its own, and nothing to read', async () => {
    const { output } = await run('env; cat', { env: { PATH: '/usr/bin:/bin', GREETING: 'grüß dich' } });
    const names = output.split('\n').map((line) => line.split('=')[0]);
    // A shell sets these three itself.
    expect(names.filter((name) => !['PWD', 'SHLVL', '_', ''].includes(name ?? '')).sort()).toEqual([
      'GREETING',
      'PATH',
    ]);
  });

  it('exits with 127 when there is none of that name', async () => {
    expect(await run('', { argv: ['no-such-command'] })).toMatchObject({ exitCode: 127 });
  });

  it('keeps the end of a long output', async () => {
    const { output } = await run('i=0; while [ $i -lt 20000 ]; do echo "line $i"; i=$((i+1)); done');
    expect(output.length).toBeLessThanOrEqual(64 * 1024);
    expect(output.endsWith('line 19999\n')).toBe(true);
  });
});

describe.skipIf(process.platform !== 'linux')('what a command leaves running', () => {
  const leaving = 'sleep 300 & echo $! > pid';

  it('ends with it, though it holds the output open', async () => {
    const started = performance.now();
    expect(await run(leaving)).toMatchObject({ exitCode: 0 });
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(await endsSoon(await writtenPid())).toBe(true);
  });

  it('ends when the command takes too long', async () => {
    expect(await run(`${leaving}; wait`, { seconds: 0.3 })).toMatchObject({ exitCode: null, timedOut: true });
    expect(await endsSoon(await writtenPid())).toBe(true);
  });

  it('ends when it is stopped', async () => {
    const controller = new AbortController();
    const ended = run(`${leaving}; wait`, { signal: controller.signal });
    const pid = await writtenPid();
    controller.abort();
    expect(await ended).toMatchObject({ exitCode: null, timedOut: false });
    expect(await endsSoon(pid)).toBe(true);
  });

  it('ends when this process is killed', async () => {
    const main = join(folder, 'main.ts');
    const source = `
      import { runCommand } from ${JSON.stringify(join(import.meta.dirname, 'command.ts'))};
      await runCommand({ argv: ['/bin/sh', '-c', ${JSON.stringify(`${leaving}; wait`)}], cwd: ${JSON.stringify(folder)},
        env: { PATH: '/usr/bin:/bin' }, user: undefined, seconds: 300, signal: new AbortController().signal });`;
    await writeFile(main, source);
    const parent = spawn(process.execPath, [main], { stdio: 'ignore' });
    const pid = await writtenPid();
    parent.kill('SIGKILL');
    expect(await endsSoon(pid)).toBe(true);
  });
});
