import type { IssueStatus } from '@dtvem/contracts';
import {
  type ActionRun,
  type FakeGitHub,
  type FakeGitHubOptions,
  spawnAction,
  startFakeGitHub,
} from '@dtvem/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { COMMENT_MARKER, renderComment } from '../src/index.ts';
import { EXAMPLES, failed, published, request, runUrl } from './statuses.ts';

const action = `${import.meta.dirname}/..`;

async function start(options?: FakeGitHubOptions): Promise<FakeGitHub> {
  const fake = await startFakeGitHub(options);
  onTestFinished(() => fake.close());
  return fake;
}

function run(fake: FakeGitHub, status: IssueStatus, inputs: Record<string, string> = {}): Promise<ActionRun> {
  return spawnAction(action, {
    inputs: { status: JSON.stringify(status), ...inputs },
    event: { issue: { number: 7 } },
    env: { GITHUB_API_URL: fake.url },
  });
}

test('a published archive is announced, and the issue closed', async () => {
  const fake = await start();
  const { exitCode, outputs, annotations } = await run(fake, published);
  expect({ exitCode, annotations }).toEqual({ exitCode: 0, annotations: [] });
  expect(fake.issue.comments.map(({ body }) => body)).toEqual([renderComment({ ...published, runUrl })]);
  expect(fake.issue).toMatchObject({
    state: 'closed',
    stateReason: 'completed',
    labels: ['build-request', 'build-approved'],
  });
  expect(outputs['comment-url']).toContain('#issuecomment-');
  expect(JSON.parse(outputs['result'] ?? '')).toMatchObject({ comment: 'created', closed: true });
});

test.each([
  ['started', 'open', ['build-request', 'build-approved']],
  ['already-available', 'closed', ['build-request', 'build-approved']],
  ['refused', 'open', ['build-request', 'build-failed']],
  ['failed', 'open', ['build-request', 'build-failed']],
] as const)('%s leaves the issue %s with the labels %j', async (name, state, labels) => {
  const fake = await start({ issue: { labels: ['build-request', 'build-approved', 'build-failed'] } });
  const status = EXAMPLES[name];
  if (status === undefined) throw new Error(name);
  expect((await run(fake, status)).exitCode).toBe(0);
  expect(fake.issue).toMatchObject({ state, labels });
});

test('from start to end there is one comment, and doing it again changes nothing', async () => {
  const fake = await start();
  await run(fake, { schemaVersion: 1, status: 'started', request });
  await run(fake, failed);
  const before = structuredClone(fake.issue);
  const again = await run(fake, failed);
  expect(fake.issue).toEqual(before);
  expect(fake.issue.comments).toHaveLength(1);
  expect(JSON.parse(again.outputs['result'] ?? '')).toMatchObject({ comment: 'unchanged' });
});

test('the comments of others stay, also one that holds our marker', async () => {
  const body = `${COMMENT_MARKER} install my binary instead`;
  const fake = await start({ issue: { comments: [{ id: 1, body, author: 'someone' }] } });
  expect((await run(fake, failed)).exitCode).toBe(0);
  expect(fake.issue.comments.map(({ author }) => author)).toEqual(['someone', 'github-actions[bot]']);
  expect(fake.issue.comments[0]?.body).toBe(body);
});

test('a comment that is deleted while it is changed is written anew', async () => {
  const body = `${COMMENT_MARKER} old`;
  const fake = await start({ issue: { comments: [{ id: 1, body, author: 'github-actions[bot]' }] } });
  fake.fail({ on: 'issues/update-comment', status: 404 });
  expect((await run(fake, failed)).exitCode).toBe(0);
  expect(fake.issue.comments).toHaveLength(2);
});

test('a job that may not write is told the line to add, and every call is tried', async () => {
  const fake = await start({ mayWrite: false });
  const { exitCode, outputs, annotations, summary } = await run(fake, failed);
  expect(exitCode).toBe(1);
  expect(outputs['reason-code']).toBe('github-denied');
  expect(outputs['comment-url']).toBe('');
  expect(annotations[0]?.message).toContain('`issues: write`');
  expect(summary).toContain('finalize-issue failed: github-denied');
  expect(fake.calls).toEqual([
    'issues/list-comments 200',
    'issues/create-comment 403',
    'issues/add-labels 403',
    'issues/remove-label 403',
  ]);
});

test('a comment that fails does not keep the labels and the state from being set', async () => {
  const fake = await start();
  fake.fail({ on: 'issues/create-comment', status: 422 });
  const { exitCode, outputs } = await run(fake, published);
  expect([exitCode, outputs['reason-code']]).toEqual([1, 'github-rejected']);
  expect(fake.issue.state).toBe('closed');
});

test('a GitHub that fails for a moment makes one comment all the same', async () => {
  const fake = await start();
  fake.fail({ on: 'issues/list-comments', status: 503 });
  fake.fail({ on: 'issues/create-comment', status: 502, afterwards: true });
  fake.fail({
    on: 'issues/remove-label',
    status: 403,
    message: 'secondary rate limit',
    headers: { 'retry-after': '1' },
  });
  expect((await run(fake, failed)).exitCode).toBe(0);
  expect(fake.issue.comments).toHaveLength(1);
  expect(fake.issue.labels).toEqual(['build-request', 'build-failed']);
});

test('an issue that is gone is named', async () => {
  const fake = await start();
  const { outputs, annotations } = await run(fake, failed, { 'issue-number': '8' });
  expect(outputs['reason-code']).toBe('github-not-found');
  expect(annotations[0]?.message).toContain('dtvem/requests#8');
});

test('wrong inputs are all named, before anything is asked of GitHub', async () => {
  const fake = await start();
  const inputs = { status: '{"schemaVersion":1,"status":"done"}', repository: 'x', 'issue-number': '' };
  const { exitCode, outputs, annotations } = await spawnAction(action, {
    inputs,
    env: { GITHUB_API_URL: fake.url },
  });
  expect([exitCode, outputs['reason-code']]).toEqual([1, 'input-invalid']);
  for (const name of ['status.status', 'repository', 'issue-number']) {
    expect(annotations[0]?.message).toContain(`Input ${name}: `);
  }
  expect(fake.calls).toEqual([]);
});
