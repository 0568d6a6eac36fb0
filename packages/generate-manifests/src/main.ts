import { runAction } from '@dtvem/action-kit';
import { ok, RUNTIMES } from '@dtvem/contracts';
import { s3Store } from '@dtvem/object-store';
import { generateManifests } from './generate-manifests.ts';
import { spec } from './spec.ts';
import { summarizeManifests } from './summarize-manifests.ts';

runAction(spec, async ({ inputs, report, summary, output, signal }) => {
  report({ kind: 'stage', stage: 'manifests' });
  const { runtime, endpoint, 'dry-run': dryRun, 'base-url': baseUrl } = inputs;
  const credentials = {
    accessKeyId: inputs['access-key-id'],
    secretAccessKey: inputs['secret-access-key'],
  };
  const generated = await generateManifests(runtime === 'all' ? RUNTIMES : [runtime], {
    builds: s3Store({ endpoint, bucket: inputs['builds-bucket'], credentials }),
    manifests: s3Store({ endpoint, bucket: inputs['manifests-bucket'], credentials }),
    baseUrl,
    dryRun,
    report,
    signal,
  });
  if (!generated.ok) return generated;
  output('changed', String(generated.value.some(({ outcome }) => outcome !== 'unchanged')));
  summary(summarizeManifests(generated.value));
  return ok({ schemaVersion: 1, manifests: [...generated.value] });
});
