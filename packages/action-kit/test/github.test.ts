import type { ProgressEvent, Result } from '@dtvem/contracts';
import { type FakeGitHub, type FakeGitHubOptions, startFakeGitHub, TOKEN_OF_JOB } from '@dtvem/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { type GitHubPort, githubOverHttp, type IssueRef } from '../src/index.ts';

const issue: IssueRef = { owner: 'dtvem', repo: 'requests', number: 7 };

type Setting = { fake: FakeGitHub; github: GitHubPort; events: ProgressEvent[]; cancel: () => void };

async function start(options: FakeGitHubOptions & { token?: string } = {}): Promise<Setting> {
  const fake = await startFakeGitHub(options);
  onTestFinished(() => fake.close());
  const events: ProgressEvent[] = [];
  const controller = new AbortController();
  const github = githubOverHttp(
    { token: options.token ?? TOKEN_OF_JOB },
    { baseUrl: fake.url, report: (event) => void events.push(event), signal: controller.signal },
  );
  return { fake, github, events, cancel: () => controller.abort() };
}

function problemOf(outcome: Result<unknown>) {
  if (outcome.ok) throw new Error('It succeeded.');
  return outcome.problem;
}

test('comments are created, changed and listed', async () => {
  const { fake, github } = await start();
  const created = await github.createComment(issue, 'first');
  if (!created.ok) throw new Error(created.problem.message);
  expect(created.value).toMatchObject({ body: 'first', author: 'github-actions[bot]' });
  expect((await github.updateComment(issue, created.value.id, 'second')).ok).toBe(true);
  expect(fake.issue.comments).toEqual([
    { id: created.value.id, body: 'second', author: 'github-actions[bot]' },
  ]);
  expect(await github.listComments(issue)).toMatchObject({ ok: true, value: [{ body: 'second' }] });
});

test('all pages of comments are read', async () => {
  const comments = Array.from({ length: 201 }, (_, id) => ({ id, body: `${id}`, author: 'someone' }));
  const { fake, github } = await start({ issue: { comments } });
  const listed = await github.listComments(issue);
  expect(listed.ok && listed.value.map(({ id }) => id)).toEqual(comments.map(({ id }) => id));
  expect(fake.calls).toHaveLength(3);
});

test('labels are added and taken off; one that is not there is a success', async () => {
  const { fake, github } = await start();
  expect((await github.addLabels(issue, ['build-failed'])).ok).toBe(true);
  expect((await github.removeLabel(issue, 'build-approved')).ok).toBe(true);
  expect((await github.removeLabel(issue, 'a label/with ?#')).ok).toBe(true);
  expect(fake.issue.labels).toEqual(['build-request', 'build-failed']);
});

test('an issue is closed as completed', async () => {
  const { fake, github } = await start();
  expect((await github.closeIssue(issue, 'completed')).ok).toBe(true);
  expect(fake.issue).toMatchObject({ state: 'closed', stateReason: 'completed' });
});

test('a token without the permission is told the line to add', async () => {
  const { github } = await start({ mayWrite: false });
  const problem = problemOf(await github.closeIssue(issue, 'completed'));
  expect(problem.code).toBe('github-denied');
  expect(problem.next).toContain('`issues: write`');
});

test('a locked issue is named as such', async () => {
  const { github } = await start({ issue: { locked: true } });
  expect(problemOf(await github.createComment(issue, 'x'))).toMatchObject({
    code: 'github-denied',
    next: 'Unlock the issue and run the job again.',
  });
});

test('a wrong token and a wrong issue are told apart', async () => {
  const { github } = await start({ token: 'expired' });
  expect(problemOf(await github.listComments(issue)).message).toContain('the token is not valid');
  const other = await start();
  expect(problemOf(await other.github.listComments({ ...issue, number: 8 })).code).toBe('github-not-found');
});

test.each([
  [404, 'github-not-found'],
  [410, 'github-not-found'],
  [301, 'github-not-found'],
  [422, 'github-rejected'],
])('an answer %i is %s, and nothing is tried again', async (status, code) => {
  const { fake, github } = await start();
  fake.fail({
    on: 'issues/create-comment',
    status,
    headers: { location: `${fake.url}/repositories/1/issues/9/comments` },
  });
  expect(problemOf(await github.createComment(issue, 'x')).code).toBe(code);
  expect(fake.calls).toEqual([`issues/create-comment ${status}`]);
});

test('a failing GitHub is asked again', async () => {
  const { fake, github, events } = await start();
  fake.fail({ on: 'issues/update', status: 502 });
  expect((await github.closeIssue(issue, 'completed')).ok).toBe(true);
  expect(fake.calls).toEqual(['issues/update 502', 'issues/update 200']);
  expect(events).toEqual([{ kind: 'doing', text: 'GitHub answered 502; asking again in 1 s' }]);
});

test('a comment is not sent again after an answer that leaves open whether it was taken', async () => {
  const { fake, github } = await start();
  fake.fail({ on: 'issues/create-comment', status: 502, afterwards: true });
  expect(problemOf(await github.createComment(issue, 'x')).code).toBe('github-unavailable');
  expect(fake.issue.comments).toHaveLength(1);
});

test.each([
  [429, 'slow down', { 'retry-after': '1' }],
  [403, 'You have exceeded a secondary rate limit', { 'retry-after': '1' }],
])('a rate limit (%i) is waited for, also by a comment', async (status, message, headers) => {
  const { fake, github } = await start();
  fake.fail({ on: 'issues/create-comment', status, message, headers });
  const before = Date.now();
  expect((await github.createComment(issue, 'x')).ok).toBe(true);
  expect(Date.now() - before).toBeGreaterThan(900);
  expect(fake.issue.comments).toHaveLength(1);
});

test('a rate limit that lasts for long is not waited for', async () => {
  const { fake, github } = await start();
  const reset = String(Math.round(Date.now() / 1000) + 1800);
  fake.fail({
    on: 'issues/update',
    status: 403,
    headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset },
  });
  const problem = problemOf(await github.closeIssue(issue, 'completed'));
  expect(problem).toMatchObject({ code: 'github-unavailable' });
  expect(problem.message).toContain('its rate limit is used up');
});

test('a GitHub that cannot be reached is unavailable, and cancelling ends the waiting', async () => {
  const { fake, github, cancel } = await start();
  fake.fail({ on: 'issues/update', status: 500, times: 9 });
  const closing = github.closeIssue(issue, 'completed');
  setTimeout(cancel, 300);
  expect(problemOf(await closing).code).toBe('interrupted');
});

test('an answer that is cut short is asked for again', async () => {
  const { fake, github } = await start();
  fake.fail({ on: 'issues/list-comments', status: 200, cut: true });
  expect(await github.listComments(issue)).toEqual({ ok: true, value: [] });
  expect(fake.calls).toEqual(['issues/list-comments 200', 'issues/list-comments 200']);
});
