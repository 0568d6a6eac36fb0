import type { Result } from '@dtvem/contracts';

/** One issue of one repository. */
export type IssueRef = { readonly owner: string; readonly repo: string; readonly number: number };

export type IssueComment = {
  readonly id: number;
  readonly url: string;
  readonly body: string;
  /** Login of who wrote it; undefined when that account is gone. */
  readonly author: string | undefined;
};

/** With whose rights GitHub is asked. */
export type GitHubAccess = { readonly token: string };

/**
 * What this project does on GitHub. Each call fails with `github-denied` (which names the permission that is
 * missing), `github-not-found` or `github-unavailable` (after the retries), or `interrupted`.
 */
export type GitHubPort = {
  /** All comments, oldest first. */
  listComments(issue: IssueRef): Promise<Result<readonly IssueComment[]>>;
  createComment(issue: IssueRef, body: string): Promise<Result<IssueComment>>;
  updateComment(issue: IssueRef, commentId: number, body: string): Promise<Result<IssueComment>>;
  /** Labels that are there already stay; those that the repository lacks are made by GitHub. */
  addLabels(issue: IssueRef, labels: readonly string[]): Promise<Result<void>>;
  /** A label that is not there is a success. */
  removeLabel(issue: IssueRef, label: string): Promise<Result<void>>;
  /** An issue that is closed already is a success. */
  closeIssue(issue: IssueRef, reason: 'completed' | 'not_planned'): Promise<Result<void>>;
};
