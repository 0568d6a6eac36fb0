import type { GateResult, Problem } from '@dtvem/contracts';

/** What a maintainer reads when gates failed: which, and what each saw. Undefined when none did. */
export function gateProblem(gates: readonly GateResult[]): Problem | undefined {
  const failed = gates.filter((gate) => gate.outcome === 'failed');
  if (failed.length === 0) return undefined;
  const names = failed.map((gate) => gate.id).join(', ');
  return {
    code: 'gate-failed',
    message: `${failed.length} of ${gates.length} gates failed: ${names}. Nothing was published.`,
    next: 'Read what each gate saw, mend the recipe, and run the request again.',
    detail: failed.map((gate) => `${gate.id}: ${gate.title}\n${gate.evidence}`).join('\n\n'),
  };
}
