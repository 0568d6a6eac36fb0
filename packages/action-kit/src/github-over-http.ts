import { ok, type Result } from '@dtvem/contracts';
import * as v from 'valibot';
import { type GitHubCall, type GitHubConnection, gitHubCaller } from './github-call.ts';
import type { GitHubAccess, GitHubPort, IssueComment, IssueRef } from './github-port.ts';

const COMMENTS_A_PAGE = 100;
const ISSUE = '/repos/{owner}/{repo}/issues/{issue_number}';

const commentSchema = v.pipe(
  v.object({
    id: v.number(),
    html_url: v.string(),
    body: v.optional(v.string(), ''),
    user: v.nullable(v.object({ login: v.string() })),
  }),
  v.transform(({ id, html_url: url, body, user }): IssueComment => ({ id, url, body, author: user?.login })),
);
/** For answers that nobody reads. */
const nothing = v.pipe(
  v.unknown(),
  v.transform(() => undefined),
);

/** GitHub's REST API, with retries where asking again cannot do a thing twice. */
export function githubOverHttp(access: GitHubAccess, connection: GitHubConnection): GitHubPort {
  const call = gitHubCaller(access, connection);

  async function listFrom(page: number, issue: IssueRef): Promise<Result<readonly IssueComment[]>> {
    const query = { per_page: COMMENTS_A_PAGE, page };
    const listed = await call(
      reading(issue, 'the comments of', `GET ${ISSUE}/comments`, query),
      v.array(commentSchema),
    );
    if (!listed.ok || listed.value.length < COMMENTS_A_PAGE) return listed;
    const rest = await listFrom(page + 1, issue);
    return rest.ok ? ok([...listed.value, ...rest.value]) : rest;
  }

  return {
    listComments: (issue) => listFrom(1, issue),
    createComment: (issue, body) =>
      call(
        { ...writing(issue, 'a comment on', `POST ${ISSUE}/comments`, { body }), repeatable: false },
        commentSchema,
      ),
    updateComment: (issue, id, body) =>
      call(
        writing(issue, 'our comment on', 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
          comment_id: id,
          body,
        }),
        commentSchema,
      ),
    addLabels: (issue, labels) =>
      call(writing(issue, 'the labels of', `POST ${ISSUE}/labels`, { labels }), nothing),
    async removeLabel(issue, name) {
      const removed = await call(
        writing(issue, 'the labels of', `DELETE ${ISSUE}/labels/{name}`, { name }),
        nothing,
      );
      return !removed.ok && removed.problem.code === 'github-not-found' ? ok(undefined) : removed;
    },
    closeIssue: (issue, reason) =>
      call(
        writing(issue, 'the state of', `PATCH ${ISSUE}`, { state: 'closed', state_reason: reason }),
        nothing,
      ),
  };
}

type Parameters = GitHubCall['parameters'];

function reading(issue: IssueRef, what: string, route: string, more: Parameters): GitHubCall {
  const { owner, repo, number } = issue;
  const parameters = {
    owner,
    repo,
    ...(route.includes('{issue_number}') ? { issue_number: number } : {}),
    ...more,
  };
  return {
    route,
    parameters,
    what: `read ${what} ${print(issue)}`,
    permission: 'issues: read',
    repeatable: true,
  };
}

function writing(issue: IssueRef, what: string, route: string, more: Parameters): GitHubCall {
  return {
    ...reading(issue, what, route, more),
    what: `write ${what} ${print(issue)}`,
    permission: 'issues: write',
  };
}

function print({ owner, repo, number }: IssueRef): string {
  return `${owner}/${repo}#${number}`;
}
