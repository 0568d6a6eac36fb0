import type { RequestDecision } from '@dtvem/contracts';
import type { spec } from './spec.ts';

type OutputName = (typeof spec.outputs)[number] | 'reason-code';

/** The outputs that say a decision in words that a workflow can compare; what it does not have is left out. */
export function outputsOf(result: RequestDecision): ReadonlyMap<OutputName, string> {
  const outputs = new Map<OutputName, string>([['decision', result.decision]]);
  if (result.decision === 'refused') return outputs.set('reason-code', result.problem.code);
  const { runtime, version, platform } = result.request;
  outputs
    .set('request', JSON.stringify(result.request))
    .set('runtime', runtime)
    .set('version', version)
    .set('platform', platform);
  if (result.decision === 'already-available') return outputs;
  return outputs
    .set('runner', result.runner)
    .set('archive-key', result.archiveKey)
    .set('archive-file', result.archiveFile);
}
