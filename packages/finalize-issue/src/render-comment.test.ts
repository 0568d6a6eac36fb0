import type { IssueStatus } from '@dtvem/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EXAMPLES, failed, published, report } from '../test/statuses.ts';
import { COMMENT_MARKER } from './comment-marker.ts';
import { MAX_COMMENT_LENGTH, renderComment } from './render-comment.ts';

function failedWith(problem: Partial<typeof failed.problem>): IssueStatus {
  return { ...failed, problem: { ...failed.problem, ...problem } };
}

test.each(Object.entries(EXAMPLES))(
  'the comment for %s is what a person should read',
  async (name, status) => {
    const comment = renderComment(status);
    expect(comment.startsWith(`${COMMENT_MARKER}\n\n### `)).toBe(true);
    await expect(comment).toMatchFileSnapshot(`__snapshots__/${name}.md`);
  },
);

test('a manifest that was not written is not announced as installable', () => {
  const comment = renderComment({ ...published, manifest: { ...published.manifest, outcome: 'dry-run' } });
  expect(comment).not.toContain('dtvem install');
  expect(comment).toContain('dtvem does not know of it yet');
});

test('a quick build, an unknown floor, and warnings are said', () => {
  const comment = renderComment({
    ...published,
    report: { ...report, profile: 'quick', glibcFloor: null },
    manifest: { ...published.manifest, warnings: ['python/3.1/x has no archive'] },
  });
  expect(comment).toContain('quick: without profile-guided');
  expect(comment).not.toContain('| Needs |');
  expect(comment).toContain('- python/3.1/x has no archive');
});

test('a log that is a path is no link', () => {
  expect(renderComment({ ...failed, log: '.dtvem/logs/a build.log' })).toContain(
    'Full log: `.dtvem/logs/a build.log`',
  );
});

test('of a long log the end is shown, and the comment says so', () => {
  const lines = Array.from({ length: 20_000 }, (_, line) => `line ${line} of the build`);
  const comment = renderComment(failedWith({ detail: lines.join('\n') }));
  expect(comment.length).toBeLessThanOrEqual(MAX_COMMENT_LENGTH);
  expect(comment.length).toBeGreaterThan(MAX_COMMENT_LENGTH * 0.8);
  expect(comment).toContain('line 19999 of the build');
  expect(comment).not.toContain('line 0 of the build');
  expect(comment).toMatch(/What was seen last \(last \d+ of 20000 lines\)/);
  expect(comment.endsWith('\n```\n\n</details>')).toBe(true);
});

test('however long its parts are, a comment is never longer than GitHub takes', () => {
  const long = 'x@y `#1` '.repeat(10_000);
  const gate = {
    id: 'gate',
    title: 't|'.repeat(60),
    outcome: 'passed',
    evidence: long.slice(0, 4000),
    seconds: 1,
  } as const;
  const crowded: IssueStatus = {
    ...published,
    report: { ...report, gates: Array(200).fill(gate), notes: Array(50).fill(long.slice(0, 500)) },
    manifest: { ...published.manifest, warnings: Array(5000).fill(long) },
  };
  for (const status of [crowded, failedWith({ message: long, next: long, detail: long })]) {
    expect(renderComment(status).length).toBeLessThanOrEqual(MAX_COMMENT_LENGTH);
  }
});

test('a comment renders whatever others wrote, and always closes what it opens', () => {
  const hostile = fc.string({
    unit: fc.constantFrom('`', '\n', '<', '/details>', '@you', '#1', ']', '(', 'x', '\u202E', '~~~'),
  });
  fc.assert(
    fc.property(hostile, hostile, hostile, (message, next, detail) => {
      const comment = renderComment(failedWith({ message, next, detail }));
      const outside = comment.replace(/(`{3,})text\n[\s\S]*?\n\1\n/g, '');
      expect(outside.match(/<details>/g) ?? []).toHaveLength(outside.match(/<\/details>/g)?.length ?? 0);
      expect(outside).not.toMatch(/@you|(?<!&)#1|\u202E/);
    }),
  );
});
