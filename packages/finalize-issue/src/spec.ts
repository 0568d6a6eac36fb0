import { defineAction, integer, json, repository, secret, text } from '@dtvem/action-kit';
import { issueStatusSchema } from '@dtvem/contracts';
import { finalizeResultSchema } from './finalize-result.ts';

export const spec = defineAction({
  name: 'finalize-issue',
  inputs: {
    status: json(issueStatusSchema, 'issue status'),
    repository: repository(),
    'issue-number': integer({ min: 1 }),
    'github-token': secret(),
    'comment-author': text(),
  },
  outputs: ['comment-url'],
  result: finalizeResultSchema,
});
