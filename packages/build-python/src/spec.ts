import { choice, defineAction, integer, json, list, optional, text } from '@dtvem/action-kit';
import { buildReportSchema, buildRequestSchema, PROFILES } from '@dtvem/contracts';

export const spec = defineAction({
  name: 'build-python',
  inputs: {
    request: json(buildRequestSchema, 'build request'),
    profile: choice(PROFILES),
    jobs: optional(integer({ min: 1, max: 256 })),
    'source-mirrors': list(),
    folder: text(),
    'cache-folder': text(),
  },
  outputs: ['archive', 'sha256', 'size', 'log'],
  result: buildReportSchema,
});
