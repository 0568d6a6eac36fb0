import { runAction } from '@dtvem/action-kit';
import { finalizeIssue } from './finalize-issue.ts';
import { spec } from './spec.ts';

runAction(spec, async ({ inputs, place, github, report, output, signal }) => {
  report({ kind: 'stage', stage: 'finish' });
  const status = { ...(place.runUrl === undefined ? {} : { runUrl: place.runUrl }), ...inputs.status };
  const issue = { ...inputs.repository, number: inputs['issue-number'] };
  const port = github({ token: inputs['github-token'] });
  const finalized = await finalizeIssue(status, issue, port, { author: inputs['comment-author'], signal });
  if (finalized.ok) output('comment-url', finalized.value.commentUrl);
  return finalized;
});
