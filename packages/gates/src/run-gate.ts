import { stripVTControlCharacters } from 'node:util';
import type { GateResult } from '@dtvem/contracts';
import type { Gate, GateContext, Judgement } from './gate.ts';
import { failed } from './judgement.ts';

const MAX_EVIDENCE = 3900;

/** Runs one gate. `now` is a clock in milliseconds. */
export async function runGate(gate: Gate, context: GateContext, now: () => number): Promise<GateResult> {
  const start = now();
  const { outcome, evidence } = await checkOrFail(gate, context);
  return {
    id: gate.id,
    title: gate.title,
    outcome,
    evidence: boundEvidence(evidence),
    seconds: Math.max(0, Math.round(now() - start) / 1000),
  };
}

async function checkOrFail(gate: Gate, context: GateContext): Promise<Judgement> {
  try {
    return await gate.check(context);
  } catch (error) {
    return failed(`the check itself broke off: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Untrusted text made fit to show: no control characters, and short, with its beginning and its end kept. */
export function boundEvidence(text: string): string {
  const shown = stripVTControlCharacters(text)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '?')
    .trim();
  if (shown.length <= MAX_EVIDENCE) return shown;
  const half = MAX_EVIDENCE / 2;
  return `${shown.slice(0, half)}\n… ${shown.length - MAX_EVIDENCE} characters left out …\n${shown.slice(-half)}`;
}
