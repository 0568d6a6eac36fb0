import { failureKind, type Problem } from '@dtvem/contracts';
import { renderComment } from '@dtvem/finalize-issue';
import type { Answer } from './answer.ts';
import { printSize } from './progress/amount.ts';
import { printElapsed } from './progress/elapsed.ts';

/** What the terminal shows at the end: the comment that the issue would get, then what is useful here. */
export function closingWords(answer: Answer): string {
  const comment = concernsTheIssue(answer.problem) ? frame(renderComment(answer.status)) : '';
  const parts = [comment, facts(answer), durations(answer), tryIt(answer)];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** What only this machine lacks, and who stopped it, is nothing to tell the requester. */
function concernsTheIssue(problem: Problem | undefined): boolean {
  return problem === undefined || !['machine', 'interrupted'].includes(failureKind(problem.code));
}

function frame(comment: string): string {
  const visible = comment.replace(/<!--[\s\S]*?-->\s*/g, '').trim();
  return `The comment on the issue:\n${visible.replace(/^/gm, '  │ ')}`;
}

function facts({ archive, log, problem }: Answer): string {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Archive', archive?.path],
    ['Size', archive?.size === undefined ? undefined : printSize(archive.size)],
    ['SHA256', archive?.sha256],
    ['URL', archive?.url],
    ['', archive?.url.startsWith('http://127.0.0.1:') ? 'served by: npm run store' : undefined],
    ['Problem', problem === undefined ? undefined : `${problem.code}: ${problem.message}`],
    ['Next', problem?.next],
    ['Log', log],
  ];
  return rows
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name.padEnd(9)}${value}`]))
    .join('\n');
}

function durations({ durations: stages }: Answer): string {
  if (stages.length === 0) return '';
  const rows = stages.map(
    ({ stage, seconds }) => `  ${stage.padEnd(10)}${printElapsed(seconds * 1000).padStart(8)}`,
  );
  return `Time by stage:\n${rows.join('\n')}`;
}

/** One command that shows the binary at work in a fresh folder. */
function tryIt({ archive, request }: Answer): string {
  if (archive?.path === undefined || request === undefined) return '';
  const code = 'import ssl, sys; print(sys.version, ssl.OPENSSL_VERSION, sep="\\n")';
  return `Try it:\n  d=$(mktemp -d) && tar -xzf '${archive.path}' -C "$d" && "$d/python/bin/python3" -c '${code}'`;
}
