import type { GitHubPort, IssueRef } from '@dtvem/action-kit';
import { type IssueStatus, ok, type Problem, type Result } from '@dtvem/contracts';
import type { FinalizeResult } from './finalize-result.ts';
import { changesFor, type IssueChanges } from './issue-changes.ts';
import { renderComment } from './render-comment.ts';
import { type UpsertOptions, upsertComment } from './upsert-comment.ts';

export type FinalizeOptions = Partial<UpsertOptions>;

/**
 * Answers a build request in its issue: the comment, then the labels, then the state. Doing it again changes
 * nothing. What fails does not keep the rest from being done; the problem then names all that failed.
 */
export async function finalizeIssue(
  status: IssueStatus,
  issue: IssueRef,
  github: GitHubPort,
  { author = 'github-actions[bot]', signal = new AbortController().signal }: FinalizeOptions = {},
): Promise<Result<FinalizeResult>> {
  const changes = changesFor(status.status);
  const comment = await upsertComment(issue, renderComment(status), github, { author, signal });
  const problems = await applyChanges(changes, issue, github);
  if (!comment.ok) return { ok: false, problem: together(comment.problem, problems) };
  const [first, ...rest] = problems;
  if (first !== undefined) return { ok: false, problem: together(first, rest) };
  return ok({
    schemaVersion: 1,
    commentUrl: comment.value.url,
    comment: comment.value.done,
    labelsAdded: [...changes.addLabels],
    labelsRemoved: [...changes.removeLabels],
    closed: changes.close,
  });
}

/** One call after the other, as GitHub asks of those that write. */
async function applyChanges(
  { addLabels, removeLabels, close }: IssueChanges,
  issue: IssueRef,
  github: GitHubPort,
): Promise<readonly Problem[]> {
  const outcomes: Result<void>[] = [];
  if (addLabels.length > 0) outcomes.push(await github.addLabels(issue, addLabels));
  for (const label of removeLabels) outcomes.push(await github.removeLabel(issue, label));
  if (close) outcomes.push(await github.closeIssue(issue, 'completed'));
  return outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.problem]));
}

/** Several problems as one: the first one's code, and every sentence once. */
function together(first: Problem, others: readonly Problem[]): Problem {
  const all = [first, ...others];
  return {
    ...first,
    message: [...new Set(all.map(({ message }) => message))].join(' '),
    next: [...new Set(all.map(({ next }) => next))].join(' '),
  };
}
