import { setTimeout } from 'node:timers/promises';
import type { GitHubPort, IssueComment, IssueRef } from '@dtvem/action-kit';
import { ok, type Result } from '@dtvem/contracts';
import { COMMENT_MARKER } from './comment-marker.ts';

export type Upserted = { readonly url: string; readonly done: 'created' | 'updated' | 'unchanged' };

export type UpsertOptions = {
  /** Login whose comment may be replaced: anybody can write the marker into a comment of their own. */
  readonly author: string;
  readonly signal: AbortSignal;
};

const ATTEMPTS = 3;

/**
 * Makes `body` the one comment of ours. When GitHub does not say whether it created a comment, the comments are
 * read again before it is tried once more, so that there are never two.
 */
export async function upsertComment(
  issue: IssueRef,
  body: string,
  github: GitHubPort,
  { author, signal }: UpsertOptions,
): Promise<Result<Upserted>> {
  for (let attempt = 1; ; attempt += 1) {
    const comments = await github.listComments(issue);
    if (!comments.ok) return comments;
    const ours = comments.value.find((comment) => comment.author === author && isOurs(comment));
    const written = ours === undefined ? undefined : await replace(ours, body, issue, github);
    if (written !== undefined) return written;
    const created = await github.createComment(issue, body);
    if (created.ok) return ok({ url: created.value.url, done: 'created' });
    if (created.problem.code !== 'github-unavailable' || attempt === ATTEMPTS) return created;
    await setTimeout(1000 * attempt, undefined, { signal });
  }
}

function isOurs({ body }: IssueComment): boolean {
  return body.startsWith(COMMENT_MARKER);
}

/** Undefined when the comment was deleted since it was listed. */
async function replace(
  comment: IssueComment,
  body: string,
  issue: IssueRef,
  github: GitHubPort,
): Promise<Result<Upserted> | undefined> {
  if (comment.body === body) return ok({ url: comment.url, done: 'unchanged' });
  const updated = await github.updateComment(issue, comment.id, body);
  if (updated.ok) return ok({ url: updated.value.url, done: 'updated' });
  return updated.problem.code === 'github-not-found' ? undefined : updated;
}
