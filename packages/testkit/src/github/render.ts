import type { FakeComment, FakeIssue } from './state.ts';

const AT = '2026-11-22T12:00:00Z';

/** GitHub's JSON for what the fake keeps; `base` is the address of a repository. */
export function renderComment({ id, body, author }: FakeComment, issue: FakeIssue, base: string) {
  return {
    id,
    node_id: `IC_${id}`,
    url: `${base}/issues/comments/${id}`,
    html_url: `${base}/issues/${issue.number}#issuecomment-${id}`,
    issue_url: `${base}/issues/${issue.number}`,
    body,
    user: renderUser(author, base),
    created_at: AT,
    updated_at: AT,
    author_association: 'NONE',
  };
}

export function renderLabel(name: string, base: string) {
  return {
    id: 1,
    node_id: `LA_${name}`,
    url: `${base}/labels/${encodeURIComponent(name)}`,
    name,
    description: null,
    color: 'ededed',
    default: false,
  };
}

export function renderIssue(issue: FakeIssue, base: string) {
  const url = `${base}/issues/${issue.number}`;
  return {
    id: 1,
    node_id: 'I_1',
    url,
    repository_url: base,
    labels_url: `${url}/labels`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: url,
    number: issue.number,
    state: issue.state,
    state_reason: issue.stateReason,
    title: issue.title,
    body: null,
    user: renderUser('requester', base),
    labels: issue.labels.map((name) => renderLabel(name, base)),
    assignee: null,
    milestone: null,
    locked: issue.locked,
    comments: issue.comments.length,
    closed_at: issue.state === 'closed' ? AT : null,
    created_at: AT,
    updated_at: AT,
    author_association: 'NONE',
  };
}

function renderUser(login: string, base: string) {
  const { origin } = new URL(base);
  const url = `${origin}/users/${encodeURIComponent(login)}`;
  return {
    login,
    id: 1,
    node_id: `U_${login}`,
    avatar_url: url,
    gravatar_id: null,
    url,
    html_url: url,
    followers_url: url,
    following_url: url,
    gists_url: url,
    starred_url: url,
    subscriptions_url: url,
    organizations_url: url,
    repos_url: url,
    events_url: url,
    received_events_url: url,
    type: login.endsWith('[bot]') ? 'Bot' : 'User',
    site_admin: false,
  };
}
