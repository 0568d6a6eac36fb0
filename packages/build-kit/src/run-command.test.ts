import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProgressEvent } from '@dtvem/contracts';
import { describe, expect } from 'vitest';
import { readPids, runs, waitForEndOf } from '../test/processes.ts';
import { testInFolder } from '../test/test-in-folder.ts';
import { type RunOptions, runCommand } from './run-command.ts';

const PATH = '/usr/bin:/bin';

function sh(
  folder: string,
  script: string,
  options: Partial<RunOptions> = {},
  env: Record<string, string> = {},
) {
  return runCommand(
    { argv: ['sh', '-c', script], cwd: folder, env: { PATH, ...env }, label: 'a script' },
    { report: () => {}, logFile: join(folder, 'log'), signal: new AbortController().signal, ...options },
  );
}

describe('what the command sees', () => {
  testInFolder('only the given variables, whatever they hold', async ({ folder }) => {
    const outcome = await runCommand(
      { argv: ['/usr/bin/env'], cwd: folder, env: { ONE: '1', QUOTED: `'"$HOME  *` }, label: 'env' },
      { report: () => {}, logFile: join(folder, 'log'), signal: new AbortController().signal },
    );
    expect(outcome.tail).toEqual(['ONE=1', `QUOTED='"$HOME  *`]);
  });

  testInFolder('its folder, no input, and no child that it did not start', async ({ folder }) => {
    const outcome = await sh(folder, 'pwd; cat; ps -o pid=,ppid= -A | awk -v me=$$ "\\$2 == me" | wc -l');
    const ownPipeline = 3;
    expect(outcome.tail.map((line) => line.trim())).toEqual([folder, String(ownPipeline)]);
  });

  testInFolder('not the pipe of the guard', async ({ folder }) => {
    expect((await sh(folder, '(: <&3) 2>/dev/null && echo open')).tail).toEqual([]);
  });

  testInFolder('an output that can be opened by its name', async ({ folder }) => {
    const outcome = await sh(folder, 'echo one > /dev/stdout; echo two > /dev/stderr');
    expect(outcome.tail).toEqual(['one', 'two']);
  });
});

describe('what comes back', () => {
  testInFolder('the exit code', async ({ folder }) => {
    expect(await sh(folder, 'exit 3')).toMatchObject({ exitCode: 3, signal: null });
  });

  testInFolder('the signal that ended it', async ({ folder }) => {
    expect(await sh(folder, 'kill -SEGV $$')).toMatchObject({ exitCode: null, signal: 'SIGSEGV' });
  });

  testInFolder('127 and a line for a program that is not there', async ({ folder }) => {
    const outcome = await runCommand(
      { argv: ['no-such-program'], cwd: folder, env: { PATH }, label: 'nothing' },
      { report: () => {}, logFile: join(folder, 'log'), signal: new AbortController().signal },
    );
    expect(outcome.exitCode).toBe(127);
    expect(outcome.tail.join()).toContain('no-such-program');
  });

  testInFolder(
    'both streams in their order, counted, reported and appended to the log',
    async ({ folder }) => {
      const events: ProgressEvent[] = [];
      const outcome = await sh(folder, 'echo one; echo two >&2; echo three; printf four', {
        report: (event) => events.push(event),
      });
      await sh(folder, 'echo five');
      expect(outcome).toMatchObject({ lines: 4, tail: ['one', 'two', 'three', 'four'] });
      expect(events.at(-1)).toEqual({ kind: 'count', text: 'a script', done: 3, unit: 'lines' });
      const log = await readFile(join(folder, 'log'), 'utf8');
      expect(log).toMatch(/\$ sh -c .*\none\ntwo\nthree\nfour\n\$ sh -c echo five\nfive\n/);
    },
  );

  testInFolder('all of a large output, in bounded memory', async ({ folder }) => {
    const outcome = await sh(folder, 'i=0; while [ $i -lt 20000 ]; do echo "line $i"; i=$((i+1)); done');
    expect(outcome.lines).toBe(20_000);
    expect(outcome.tail).toHaveLength(40);
    expect(outcome.tail.at(-1)).toBe('line 19999');
  });
});

describe('no process is left', () => {
  const STUBBORN_FAMILY = `
    trap '' TERM
    sh -c "trap '' TERM; echo \\$\\$ >> pids; sleep 300 & echo \\$! >> pids; wait" &
    echo $$ >> pids
    wait; wait; sleep 300`;

  testInFolder('after an abort, though every one of them ignores TERM', async ({ folder }) => {
    const controller = new AbortController();
    const running = sh(folder, STUBBORN_FAMILY, { signal: controller.signal, graceMilliseconds: 100 });
    const pids = await readPids(join(folder, 'pids'), 3);
    controller.abort();
    expect(await running).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
    await waitForEndOf(pids);
  });

  testInFolder('and TERM is enough for a command that obeys it', async ({ folder }) => {
    const controller = new AbortController();
    const script = 'trap "echo bye; exit 7" TERM; echo $$ > pids; sleep 300 & wait';
    const running = sh(folder, script, { signal: controller.signal, graceMilliseconds: 60_000 });
    await readPids(join(folder, 'pids'), 1);
    controller.abort();
    expect(await running).toMatchObject({ exitCode: 7, tail: ['bye'] });
  });

  testInFolder('nor is one started after an abort', async ({ folder }) => {
    const outcome = await sh(folder, 'touch started', { signal: AbortSignal.abort() });
    expect(outcome).toMatchObject({ exitCode: null, signal: 'SIGTERM', lines: 0 });
    await expect(readFile(join(folder, 'started'))).rejects.toThrow('ENOENT');
  });

  testInFolder('of those that the command left behind when it ended', async ({ folder }) => {
    const outcome = await sh(folder, 'sleep 300 & echo $! > pids');
    expect(outcome.exitCode).toBe(0);
    await waitForEndOf(await readPids(join(folder, 'pids'), 1));
  });

  testInFolder('when our own process is killed by SIGKILL', async ({ folder }) => {
    const parent = spawn(process.execPath, [
      join(import.meta.dirname, '../test/run-until-killed.ts'),
      folder,
      STUBBORN_FAMILY,
    ]);
    const pids = await readPids(join(folder, 'pids'), 3);
    for (const pid of pids) expect(await runs(pid)).toBe(true);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    await waitForEndOf(pids);
  });

  testInFolder.runIf(process.platform === 'linux')(
    'and one that fled into a session of its own cannot hold the call',
    async ({ folder }) => {
      const started = performance.now();
      await sh(folder, 'setsid sh -c "echo \\$\\$ > pids; exec sleep 20" & sleep 0.2');
      expect(performance.now() - started).toBeLessThan(10_000);
      const [pid = 0] = await readPids(join(folder, 'pids'), 1);
      process.kill(pid);
    },
  );
});
