import { tmpdir } from 'node:os';
import { gateResultSchema, parseJson } from '@dtvem/contracts';
import { expect, it } from 'vitest';
import { neverAborted, request } from '../test/a-request.ts';
import type { Gate } from './gate.ts';
import { makeGateContext } from './gate-context.ts';
import { makePlace } from './place.ts';
import { boundEvidence, runGate } from './run-gate.ts';

const throwing: Gate = {
  id: 'throwing',
  title: 'It throws',
  check: () => Promise.reject(new Error('the disk is on fire')),
};

it('counts a gate that throws as failed, with the error as evidence', async () => {
  const place = await makePlace(tmpdir());
  try {
    const context = await makeGateContext({
      request,
      members: [],
      tree: place.extracted,
      place,
      buildFolders: [],
      signal: neverAborted,
    });
    let clock = 1000;
    const result = await runGate(throwing, context, () => (clock += 250));
    expect(result).toMatchObject({ outcome: 'failed', seconds: 0.25 });
    expect(result.evidence).toContain('the disk is on fire');
    expect(parseJson(gateResultSchema, JSON.stringify(result)).ok).toBe(true);
  } finally {
    await place.remove();
  }
});

it('shows the beginning and the end of long evidence, within the bounds of the contract', () => {
  const evidence = boundEvidence(`first${'x'.repeat(100_000)}last`);
  expect(evidence.length).toBeLessThanOrEqual(4000);
  expect(evidence).toMatch(/^first.*… 96109 characters left out ….*last$/s);
});

it('lets no control character of a runtime through', () => {
  expect(boundEvidence('a\u001b[31mred\u001b[0m\u0007\r\nb\tc')).toBe('ared??\nb\tc');
});
