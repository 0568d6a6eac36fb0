import type { Judgement } from './gate.ts';

const MAX_FINDINGS = 20;

export function passed(evidence: string): Judgement {
  return { outcome: 'passed', evidence };
}

export function failed(evidence: string): Judgement {
  return { outcome: 'failed', evidence };
}

export function skipped(reason: string): Judgement {
  return { outcome: 'skipped', evidence: reason };
}

/** Passed when nothing was found. `seen` says what was looked at, so that a pass cannot hide that it saw nothing. */
export function judge(findings: readonly string[], seen: string): Judgement {
  if (findings.length === 0) return passed(seen);
  const shown = findings.slice(0, MAX_FINDINGS);
  const rest = findings.length - shown.length;
  return failed([...shown, ...(rest > 0 ? [`and ${rest} more`] : []), `(${seen})`].join('\n'));
}

/** The steps of one gate as one judgement: failed when any step is. */
export function allOf(steps: readonly Judgement[]): Judgement {
  const outcome = steps.some((step) => step.outcome === 'failed') ? 'failed' : 'passed';
  return { outcome, evidence: steps.map((step) => step.evidence).join('\n') };
}

/** `1 file`, `2 files`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
