import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gateList } from '../src/gate-list.ts';
import { healthyTree, packMembers } from './fake-archive.ts';

let scratch: string;
let archive: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'gates-main-'));
  archive = join(scratch, 'python-3.13.5-linux-amd64.tar.gz');
  await packMembers(healthyTree({ program: '#!/bin/sh\n', library: 'x' }), archive);
});

afterAll(() => rm(scratch, { recursive: true }));

function run(command: string, ...words: string[]) {
  const { status, stdout, stderr } = spawnSync(command, words, { encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('the command', () => {
  const check = (...words: string[]) =>
    run(process.execPath, resolve(import.meta.dirname, '../src/main.ts'), ...words);

  it('prints one line a gate, and what those saw that did not pass', () => {
    const { status, stdout } = check(archive);
    const lines = stdout.split('\n');
    const ids = lines.map((line) => /^(?:passed|failed|skipped) +(\S+)/.exec(line)?.[1]);
    expect(ids.filter((id) => id !== undefined)).toEqual(gateList('python').map(({ id }) => id));
    expect(lines[0]).toBe('build(python): 3.13.5 linux-amd64');
    expect(stdout).toMatch(/^failed +python-starts .*\n +python\/bin\/python was asked for its version/m);
    expect(status).toBe(5);
  });

  it('prints the result alone with --json', () => {
    const { stdout } = check(archive, '--json', '--request', 'python 3.13.5 linux-amd64');
    expect(JSON.parse(stdout)).toMatchObject({ glibcFloor: null });
  });

  it.each([
    [[]],
    [['a', 'b']],
    [['--no-such-option', 'a']],
    [['a', '--max-glibc', 'new']],
    [['a.tar.gz', '--request', 'perl 5.40.0 linux-amd64']],
    [['/no/such/archive.tar.gz']],
  ])('refuses the command line %j', (words) => {
    const { status, stdout, stderr } = check(...words);
    expect({ status, stdout }).toEqual({ status: 64, stdout: '' });
    expect(stderr).not.toBe('');
  });

  it('says that an archive cannot be read', () => {
    const missing = check(join(scratch, 'ruby', 'python-3.13.5-linux-amd64.tar.gz'));
    expect(missing).toMatchObject({ status: 5, stderr: expect.stringContaining('archive-unreadable') });
  });
});

describe.skipIf(process.platform !== 'linux')('scripts/check-archive.sh', () => {
  it('fails on an archive whose Python does nothing, and counts', () => {
    const script = resolve(import.meta.dirname, '../../../scripts/check-archive.sh');
    const { status, stdout } = run('sh', script, archive);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^ok +sorted names$/m);
    const lines = stdout.split('\n');
    const ofPython = lines.slice(
      lines.findIndex((line) => line.includes('only its owner may change it')) + 1,
    );
    expect(ofPython.filter((line) => line.startsWith('ok'))).toEqual([]);
    expect(stdout).toMatch(/\n10 passed, \d+ failed\n$/);
  });
});
