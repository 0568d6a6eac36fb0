import { runAction } from '@dtvem/action-kit';
import { ok } from '@dtvem/contracts';
import { decideRequest } from './decide-request.ts';
import { outputsOf } from './outputs.ts';
import { publicManifests } from './public-manifest.ts';
import { spec } from './spec.ts';
import { summarise } from './summary.ts';

const MANIFEST_TIMEOUT_MS = 30_000;

runAction(spec, async ({ inputs, output, report, summary, signal }) => {
  const { title, body, 'manifests-base-url': baseUrl } = inputs;
  const readManifest = publicManifests({ baseUrl, timeoutMs: MANIFEST_TIMEOUT_MS, signal });
  const decision = await decideRequest({ title, body }, { readManifest, report });
  for (const [name, value] of outputsOf(decision)) output(name, value);
  summary(summarise(decision));
  return ok(decision);
});
