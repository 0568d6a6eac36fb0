import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gateResultSchema, parseJson, RUNTIMES } from '@dtvem/contracts';
import { describe, expect, it } from 'vitest';
import { gatesOf } from '../src/gate-list.ts';
import { pythonBreaks } from './breaks/python-breaks.ts';
import { sharedBreaks } from './breaks/shared-breaks.ts';

const broken = [...sharedBreaks, ...pythonBreaks].map(({ gate }) => gate);
const gates = RUNTIMES.flatMap((runtime) => gatesOf(runtime));

it('each gate has a break that must trip it, and each break has a gate', () => {
  expect([...new Set(broken)].sort()).toEqual(gates.map(({ id }) => id).sort());
});

describe.each(gates)('$id', ({ id, title }) => {
  it('fits into a build report', () => {
    const result = { id, title, outcome: 'passed', evidence: '', seconds: 0 };
    expect(parseJson(gateResultSchema, JSON.stringify(result))).toMatchObject({ ok: true });
  });

  it('stands in the documentation', () => {
    const text = readFileSync(join(import.meta.dirname, '../../../docs/checks.md'), 'utf8');
    expect(text).toContain(`| \`${id}\` | ${title} |`);
  });
});
