import { defineAction, text, verbatim } from '@dtvem/action-kit';
import { requestDecisionSchema } from '@dtvem/contracts';

export const spec = defineAction({
  name: 'parse-request',
  inputs: {
    title: verbatim(),
    body: verbatim(),
    'manifests-base-url': text(),
  },
  outputs: ['decision', 'request', 'runtime', 'version', 'platform', 'runner', 'archive-key', 'archive-file'],
  result: requestDecisionSchema,
});
