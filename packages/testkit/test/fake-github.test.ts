import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { type FakeGitHub, startFakeGitHub, TOKEN_OF_JOB } from '../src/index.ts';

async function send({ url }: FakeGitHub, method: string, path: string, body?: unknown): Promise<number> {
  const headers = { authorization: `Bearer ${TOKEN_OF_JOB}` };
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await fetch(`${url}/repos/dtvem/requests/${path}`, init);
  await response.arrayBuffer();
  return response.status;
}

test.each([
  [
    'an operation that this project does not use',
    'GET',
    'pulls',
    undefined,
    404,
    'is no operation of the contract',
  ],
  [
    'a body of the wrong shape',
    'POST',
    'issues/7/comments',
    { text: 'x' },
    422,
    'issues/create-comment: body',
  ],
  [
    'a state that GitHub does not know',
    'PATCH',
    'issues/7',
    { state: 'done', state_reason: 'completed' },
    422,
    'body/state',
  ],
  [
    'a query that GitHub does not know',
    'GET',
    'issues/7/comments?size=3',
    undefined,
    200,
    'size is no parameter',
  ],
  ['a number that is none', 'GET', 'issues/x/comments', undefined, 404, 'issue_number must be integer'],
])('%s is refused, and closing tells', async (_, method, path, body, status, violation) => {
  const fake = await startFakeGitHub();
  const answered = await send(fake, method, path, body);
  await expect(fake.close()).rejects.toThrow(violation);
  if (path !== 'issues/7/comments?size=3') expect(answered).toBe(status);
});

test('a fault comes as often as asked, before or after the work', async () => {
  const fake = await startFakeGitHub();
  fake.fail({ on: 'issues/add-labels', status: 500, times: 2 });
  fake.fail({ on: 'issues/add-labels', status: 502, afterwards: true });
  const labels = { labels: ['new'] };
  expect(await send(fake, 'POST', 'issues/7/labels', labels)).toBe(500);
  expect(await send(fake, 'POST', 'issues/7/labels', labels)).toBe(500);
  expect(fake.issue.labels).not.toContain('new');
  expect(await send(fake, 'POST', 'issues/7/labels', labels)).toBe(502);
  expect(fake.issue.labels).toContain('new');
  expect(await send(fake, 'POST', 'issues/7/labels', labels)).toBe(200);
  await fake.close();
});

test("the slice of GitHub's description is what the script cuts from the pinned package", async () => {
  const script = `${import.meta.dirname}/../scripts/slice-github-contract.ts`;
  await promisify(execFile)(process.execPath, [script, '--check']);
});
