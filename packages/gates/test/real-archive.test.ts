import { cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extractLikeClient } from '../src/archive/extract-like-client.ts';
import { checkArchive } from '../src/check-archive.ts';
import { makeGateContext } from '../src/gate-context.ts';
import { makePlace, type Place } from '../src/place.ts';
import { pythonGates } from '../src/python/python-gates.ts';
import { requestFromInside } from '../src/request-of-archive.ts';
import { runGate } from '../src/run-gate.ts';
import { neverAborted } from './a-request.ts';
import { pythonBreaks } from './breaks/python-breaks.ts';

/**
 * The gates of Python on a real archive, and on copies of it that are spoilt. A fresh clone has no archive, so this
 * suite runs where the environment names one: DTVEM_ARCHIVE=…/python-3.13.5-linux-amd64.tar.gz.
 */
const archive = process.env['DTVEM_ARCHIVE'];
const SECONDS = 300_000;

describe.skipIf(archive === undefined)('a real archive of CPython', { timeout: SECONDS }, () => {
  const path = resolve(archive ?? '');
  let good: Place;

  beforeAll(async () => {
    good = await makePlace(tmpdir());
    await extractLikeClient(path, good.extracted, neverAborted);
  }, SECONDS);

  afterAll(() => good.remove());

  async function requestOfArchive() {
    const request = await requestFromInside(path, neverAborted);
    if (request === undefined) throw new Error(`${path} is no archive of CPython`);
    return request;
  }

  it('passes every gate', async () => {
    const checked = await checkArchive(
      { path, request: await requestOfArchive() },
      { report: () => {}, signal: neverAborted, scratch: tmpdir() },
    );
    if (!checked.ok) throw new Error(checked.problem.message);
    expect(checked.value.gates.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
  });

  it.each(pythonBreaks)('$gate notices $how', async ({ gate: id, apply }) => {
    const place = await makePlace(tmpdir());
    try {
      const tree = join(place.extracted, 'python');
      await cp(join(good.extracted, 'python'), tree, { recursive: true, verbatimSymlinks: true });
      await apply(tree);
      const request = await requestOfArchive();
      const subject = { request, members: [], tree, place, buildFolders: [], signal: neverAborted };
      const context = await makeGateContext(subject);
      const gate = pythonGates.find((candidate) => candidate.id === id);
      if (gate === undefined) throw new Error(`there is no gate ${id}`);
      const { outcome, evidence } = await runGate(gate, context, () => 0);
      expect(outcome, evidence).toBe('failed');
      expect(evidence).not.toContain('broke off');
    } finally {
      await place.remove();
    }
  });
});
