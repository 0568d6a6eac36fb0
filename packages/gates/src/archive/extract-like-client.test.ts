import { lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { neverAborted } from '../../test/a-request.ts';
import { type FakeMember, file, folder, link, packMembers, program } from '../../test/fake-archive.ts';
import { extractLikeClient } from './extract-like-client.ts';
import { leavesFolder, readMembers } from './member.ts';

let scratch: string;
let into: string;

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'gates-extract-'));
  into = join(scratch, 'a', 'b');
  await mkdir(into, { recursive: true });
});

afterEach(() => rm(scratch, { recursive: true }));

async function extract(members: readonly FakeMember[]): Promise<void> {
  const archive = join(scratch, 'archive.tar.gz');
  await packMembers(members, archive);
  await extractLikeClient(archive, into, neverAborted);
}

it('makes folders, files with their modes and links, whatever the umask', async () => {
  await extract([
    folder('p'),
    program('p/run', 'x'),
    { ...file('p/open', ''), mode: 0o666 },
    link('p/to', 'run'),
  ]);
  expect((await lstat(join(into, 'p/run'))).mode & 0o777).toBe(0o755);
  expect((await lstat(join(into, 'p/open'))).mode & 0o777).toBe(0o666);
  expect(await readlink(join(into, 'p/to'))).toBe('run');
  expect(await readFile(join(into, 'p/to'), 'utf8')).toBe('x');
});

it('drops hard links, devices and members that leave the folder', async () => {
  await extract([
    file('p', 'x'),
    { ...link('hard', 'p'), type: 'link' },
    { ...file('pipe', ''), type: 'fifo' },
    file('../outside', 'x'),
    file('/absolute', 'x'),
  ]);
  expect(await readdir(into)).toEqual(['p']);
  expect(await readdir(join(scratch, 'a'))).toEqual(['b']);
});

it('never writes through a link that it has extracted', async () => {
  await expect(extract([link('out', '..'), file('out/evil', 'x')])).rejects.toThrow('not a valid path');
  expect(await readdir(join(scratch, 'a'))).toEqual(['b']);
});

it('lists every member as its header describes it', async () => {
  const archive = join(scratch, 'archive.tar.gz');
  await packMembers([folder('p'), { ...link('p/hard', 'p/x'), type: 'link' }], archive);
  expect(await readMembers(archive, neverAborted)).toMatchObject([
    { name: 'p', type: 'directory', mode: 0o755, mtime: Date.parse('2020-02-02T02:02:02Z') / 1000 },
    { name: 'p/hard', type: 'link', target: 'p/x' },
  ]);
});

it.each(['../x', 'a/../../x', '/x', 'a/..'])('%s leaves the folder', (name) => {
  expect(leavesFolder(name)).toBe(true);
});

it.each(['x', 'a..b/c', '...'])('%s does not', (name) => {
  expect(leavesFolder(name)).toBe(false);
});
