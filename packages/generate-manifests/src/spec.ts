import { boolean, choice, defineAction, secret, text } from '@dtvem/action-kit';
import { manifestResultSchema, RUNTIMES } from '@dtvem/contracts';
import * as v from 'valibot';

const address = v.pipe(text(), v.url('must be an address'));

export const spec = defineAction({
  name: 'generate-manifests',
  inputs: {
    runtime: choice([...RUNTIMES, 'all']),
    'dry-run': boolean(),
    endpoint: address,
    'builds-bucket': text(),
    'manifests-bucket': text(),
    'base-url': v.pipe(
      address,
      v.transform((url) => url.replace(/\/+$/, '')),
    ),
    'access-key-id': secret(),
    'secret-access-key': secret(),
  },
  outputs: ['changed'],
  result: v.strictObject({ schemaVersion: v.literal(1), manifests: v.array(manifestResultSchema) }),
});
