import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProgressEvent } from '@dtvem/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { neverAborted, request } from '../test/a-request.ts';
import { file, healthyTree, packMembers } from '../test/fake-archive.ts';
import { checkArchive } from './check-archive.ts';
import type { Gate } from './gate.ts';
import { passed } from './judgement.ts';

let scratch: string;
let archive: string;

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'gates-check-'));
  // Others must reach it, or a check by root goes elsewhere.
  await chmod(scratch, 0o755);
  archive = join(scratch, 'archive.tar.gz');
  await packMembers(healthyTree({ program: '#!/bin/sh\nid -u\necho "$HOME"\n', library: 'x' }), archive);
});

afterEach(() => rm(scratch, { recursive: true }));

function check(
  gates: readonly Gate[],
  more: { signal?: AbortSignal; report?: (event: ProgressEvent) => void } = {},
) {
  return checkArchive(
    { path: archive, request },
    { report: () => {}, signal: neverAborted, scratch, gates, ...more },
  );
}

function gateOf(id: string, run: Gate['check']): Gate {
  return { id, title: `The gate ${id}`, check: run };
}

describe('checkArchive', () => {
  it('runs every gate, those after a failed one too, and tells which', async () => {
    const events: ProgressEvent[] = [];
    const broken = gateOf('broken', () => Promise.reject(new Error('no')));
    const fine = gateOf('fine', async () => passed('it is'));
    const checked = await check([broken, fine], { report: (event) => events.push(event) });
    expect(checked).toMatchObject({
      ok: true,
      value: {
        gates: [
          { id: 'broken', outcome: 'failed' },
          { id: 'fine', outcome: 'passed', evidence: 'it is' },
        ],
        glibcFloor: null,
      },
    });
    expect(events).toContainEqual({ kind: 'doing', text: 'gate fine' });
  });

  it('runs the archive as an ordinary user, in a path with a space and letters beyond ASCII', async () => {
    const gate = gateOf('who', async ({ run, tree, freshFolder }) => {
      const { output } = await run({ argv: [join(tree, 'bin/python')] });
      const written = await run({ argv: ['sh', '-c', 'touch file && pwd'], cwd: await freshFolder() });
      return passed(`${tree}\n${output}${written.exitCode} ${written.output}`);
    });
    const checked = await check([gate]);
    const evidence = checked.ok ? checked.value.gates[0]?.evidence : undefined;
    expect(evidence).toMatch(/\/rt α β-.*\/python\n(?!0\n)\d+\n\/.*\/home\n0 \/.*\/work \d+$/);
  });

  it('leaves nothing behind', async () => {
    await check([gateOf('fine', async () => passed('it is'))]);
    expect(await readdir(scratch)).toEqual(['archive.tar.gz']);
  });

  it('says that an archive cannot be read: cut short, no archive, nothing below python/', async () => {
    const problem = { ok: false, problem: { code: 'archive-unreadable' } };
    await packMembers([file('ruby/x', '')], archive);
    expect(await check([])).toMatchObject(problem);
    await writeFile(archive, 'no archive');
    expect(await check([])).toMatchObject(problem);
    await rm(archive);
    await writeFile(archive, '');
    expect(await check([])).toMatchObject(problem);
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const slow = gateOf('slow', async ({ run }) => {
      controller.abort();
      const { output } = await run({ argv: ['sleep', '60'] });
      return passed(output);
    });
    const checked = await check([slow], { signal: controller.signal });
    expect(checked).toMatchObject({ ok: false, problem: { code: 'interrupted' } });
    expect(await readdir(scratch)).toEqual(['archive.tar.gz']);
  });

  it('says that there are no gates for a runtime whose builds have not landed', async () => {
    const node = { ...request, runtime: 'node', version: '20.0.0' } as const;
    const checked = await checkArchive(
      { path: archive, request: node },
      { report: () => {}, signal: neverAborted, scratch },
    );
    expect(checked).toMatchObject({ ok: false, problem: { code: 'runtime-not-landed' } });
  });
});
