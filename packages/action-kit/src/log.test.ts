import { expect, test } from 'vitest';
import { type Log, runnerLog } from './log.ts';

function startLog(): { log: Log; written: string[]; wait: (seconds: number) => void } {
  const written: string[] = [];
  let now = 0;
  const log = runnerLog({
    environment: {},
    write: (text) => void written.push(text),
    append: () => undefined,
    randomToken: () => 'token',
    now: () => now,
  });
  function wait(seconds: number): void {
    now += seconds * 1000;
  }
  return { log, written, wait };
}

test('each stage is a group, and one group is open at a time', () => {
  const { log, written } = startLog();
  log.report({ kind: 'stage', stage: 'build' });
  log.report({ kind: 'doing', text: 'configure' });
  log.report({ kind: 'stage', stage: 'pack' });
  log.endGroup();
  log.endGroup();
  expect(written.join('')).toBe('::group::Build\nconfigure\n::endgroup::\n::group::Pack\n::endgroup::\n');
});

test('counts are shown every ten seconds, in units for people', () => {
  const { log, written, wait } = startLog();
  log.report({ kind: 'count', text: 'Fetching', done: 1_000_000, of: 34_218_511, unit: 'bytes' });
  wait(9);
  log.report({ kind: 'count', text: 'Fetching', done: 2_000_000, of: 34_218_511, unit: 'bytes' });
  log.report({ kind: 'note', text: 'slow' });
  wait(1);
  log.report({ kind: 'count', text: 'make', done: 14_201, unit: 'lines' });
  expect(written).toEqual(['Fetching: 1.0 of 34.2 MB\n', 'Note: slow\n', 'make: 14201 lines\n']);
});

test('what others printed is shown while no command is obeyed', () => {
  const { log, written } = startLog();
  log.showUntrusted('The last lines', '::error::x');
  expect(written.join('')).toBe(
    '::group::The last lines\n::stop-commands::token\n::error::x\n::token::\n::endgroup::\n',
  );
});
