import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printTitle } from '@dtvem/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { neverAborted, request } from '../test/a-request.ts';
import { compileProgram, hasCompiler } from '../test/compiler.ts';
import { file, packMembers, program } from '../test/fake-archive.ts';
import { requestFromInside, requestFromName, requestFromText } from './request-of-archive.ts';

let scratch: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'gates-request-'));
});

afterAll(() => rm(scratch, { recursive: true }));

it.each([printTitle(request), 'python 3.13.5 linux-amd64'])('%s is a request', (text) => {
  expect(requestFromText(text)).toEqual(request);
});

it.each(['python 3.13 5', 'perl 5.40.0 linux-amd64', 'python latest linux-amd64', ''])(
  '%j is none',
  (text) => {
    expect(requestFromText(text)).toBeUndefined();
  },
);

it.each(['/x/python-3.13.5-linux-amd64.tar.gz', 'python/3.13.5/linux-amd64.tar.gz'])(
  '%s says what it is',
  (path) => {
    expect(requestFromName(path)).toEqual(request);
  },
);

it.each(['archive.tar.gz', 'cpython-3.13.5+20250612-x86_64-unknown-linux-gnu-install_only.tar.gz'])(
  '%s does not',
  (path) => {
    expect(requestFromName(path)).toBeUndefined();
  },
);

it.skipIf(!hasCompiler)('an archive of another origin says it by what it holds', async () => {
  const archive = join(scratch, 'archive.tar.gz');
  const header = file('python/include/python3.13/patchlevel.h', '#define PY_VERSION      "3.13.5"\n');
  await packMembers([program('python/bin/python3.13', compileProgram()), header], archive);
  const platform = process.arch === 'arm64' ? 'linux-arm64' : 'linux-amd64';
  expect(await requestFromInside(archive, neverAborted)).toEqual({ ...request, platform });
  await packMembers([header], archive);
  expect(await requestFromInside(archive, neverAborted)).toBeUndefined();
});
