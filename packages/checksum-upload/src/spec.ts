import { choice, defineAction, json, secret, text } from '@dtvem/action-kit';
import { buildRequestSchema, PROFILES, publishResultSchema, sha256Schema } from '@dtvem/contracts';
import * as v from 'valibot';

export const spec = defineAction({
  name: 'checksum-upload',
  inputs: {
    file: text(),
    sha256: v.pipe(text(), sha256Schema),
    request: json(buildRequestSchema, 'build request'),
    profile: choice(PROFILES),
    endpoint: v.pipe(text(), v.url('must be an address')),
    bucket: text(),
    'access-key-id': secret(),
    'secret-access-key': secret(),
  },
  outputs: ['outcome', 'key', 'sha256', 'size'],
  result: publishResultSchema,
});
