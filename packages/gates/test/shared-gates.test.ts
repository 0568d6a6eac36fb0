import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CheckOptions, checkArchive } from '../src/check-archive.ts';
import { sharedGates } from '../src/shared/shared-gates.ts';
import { neverAborted, request } from './a-request.ts';
import { type ArchiveBreak, sharedBreaks } from './breaks/shared-breaks.ts';
import { compileLibrary, compileProgram, hasCompiler } from './compiler.ts';
import { type FakeMember, healthyTree, packMembers } from './fake-archive.ts';

let scratch: string;
let healthy: readonly FakeMember[];

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'gates-test-'));
  healthy = healthyTree(
    hasCompiler
      ? { program: compileProgram(), library: compileLibrary() }
      : { program: 'no compiler', library: 'no compiler' },
  );
});

afterAll(() => rm(scratch, { recursive: true }));

async function check(
  members: readonly FakeMember[],
  gates: readonly string[],
  more: ArchiveBreak['options'] = {},
) {
  const path = join(await mkdtemp(join(scratch, 'case-')), 'archive.tar.gz');
  await packMembers(members, path);
  const options: CheckOptions = {
    report: () => {},
    signal: neverAborted,
    scratch: tmpdir(),
    gates: sharedGates.filter(({ id }) => gates.includes(id)),
    ...more,
  };
  const checked = await checkArchive({ path, request }, options);
  if (!checked.ok) throw new Error(checked.problem.message);
  return checked.value.gates.map(({ id, outcome, evidence }) => ({ id, outcome, evidence }));
}

const needingCompiler = new Set(sharedBreaks.filter((entry) => entry.needsCompiler).map(({ gate }) => gate));

describe('a good archive', () => {
  for (const { id } of sharedGates) {
    it.skipIf(needingCompiler.has(id) && !hasCompiler)(`passes ${id}`, async () => {
      expect(await check(healthy, [id])).toMatchObject([{ id, outcome: 'passed' }]);
    });
  }
});

describe.each(sharedBreaks)('$gate', ({ gate, how, apply, options, needsCompiler = false }) => {
  it.skipIf(needsCompiler && !hasCompiler)(`notices ${how}`, async () => {
    const [result] = await check(apply(healthy), [gate], options);
    expect(result?.outcome, result?.evidence).toBe('failed');
    expect(result?.evidence).not.toContain('broke off');
  });
});

it.skipIf(!hasCompiler)('a tree without a single ELF file passes no gate on ELF files', async () => {
  const texts = healthyTree({ program: '#!/bin/sh\n', library: 'text' });
  const results = await check(texts, [...needingCompiler]);
  expect(results.map(({ outcome }) => outcome)).toEqual([...needingCompiler].map(() => 'failed'));
});
