import { resolve } from 'node:path';
import { runAction } from '@dtvem/action-kit';
import { s3Store } from '@dtvem/object-store';
import { publishArchive } from './publish-archive.ts';
import { spec } from './spec.ts';
import { summarizePublish } from './summarize-publish.ts';

runAction(spec, async ({ inputs, place, report, summary, output, signal }) => {
  report({ kind: 'stage', stage: 'publish' });
  const { request, profile, endpoint, bucket } = inputs;
  const credentials = {
    accessKeyId: inputs['access-key-id'],
    secretAccessKey: inputs['secret-access-key'],
  };
  const archivePath = resolve(place.workspace, inputs.file);
  const published = await publishArchive(
    { request, archivePath, expectedSha256: inputs.sha256, profile, at: new Date() },
    { store: s3Store({ endpoint, bucket, credentials }), storeKind: 'remote', report, signal },
  );
  if (!published.ok) return published;
  output('outcome', published.value.outcome);
  output('key', published.value.key);
  output('sha256', published.value.sha256);
  output('size', String(published.value.size));
  summary(summarizePublish(published.value));
  return published;
});
