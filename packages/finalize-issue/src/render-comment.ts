import { codeSpan, inlineText, link, table } from '@dtvem/action-kit';
import type { IssueStatus, Problem } from '@dtvem/contracts';
import type { Comment } from './comment.ts';
import { COMMENT_MARKER } from './comment-marker.ts';
import { codeFold, type Fold, fitFolds } from './fold.ts';
import { publishedComment } from './published-comment.ts';
import { installLines, runtimeAndPlatform } from './words.ts';

/** GitHub takes 65,536 characters. */
export const MAX_COMMENT_LENGTH = 60_000;

/**
 * The Markdown of the one comment that answers a build request, with a hidden marker first. What others wrote
 * (logs, reports, reasons) is shown as it is and does nothing. At most 60,000 characters: the folded parts give way.
 */
export function renderComment(status: IssueStatus): string {
  const { shown, folds = [] } = commentFor(status);
  const run = status.runUrl === undefined ? [] : [link('The run that wrote this', status.runUrl)];
  const always = [COMMENT_MARKER, ...shown, ...run].join('\n\n');
  return [always, ...fitFolds(folds, MAX_COMMENT_LENGTH - always.length)].join('\n\n');
}

function commentFor(status: IssueStatus): Comment {
  switch (status.status) {
    case 'started':
      return startedComment(status);
    case 'published':
      return publishedComment(status);
    case 'already-available':
      return alreadyAvailableComment(status);
    case 'refused':
      return refusedComment(status);
    case 'failed':
      return failedComment(status);
  }
}

type Status<S extends IssueStatus['status']> = Extract<IssueStatus, { status: S }>;

function startedComment({ request }: Status<'started'>): Comment {
  return {
    shown: [
      `### ⏳ ${runtimeAndPlatform(request)} is being built`,
      'The result will stand here, in this comment.',
    ],
  };
}

function alreadyAvailableComment({ request, entry }: Status<'already-available'>): Comment {
  const sum = entry.sha256 === undefined ? [] : [['SHA-256', codeSpan(entry.sha256)]];
  return {
    shown: [
      `### ✅ ${runtimeAndPlatform(request)} is there already`,
      ...installLines(request),
      table(['', ''], [['Archive', link('Download', entry.url)], ...sum]),
    ],
  };
}

function refusedComment({ problem }: Status<'refused'>): Comment {
  return {
    shown: [
      '### 🚫 This request cannot be built',
      ...reason(problem),
      'The label `build-approved` was taken off. Once the request is corrected, a maintainer can add it again.',
    ],
    folds: evidence(problem),
  };
}

function failedComment({ request, stage, problem, log }: Status<'failed'>): Comment {
  return {
    shown: [
      `### ❌ ${runtimeAndPlatform(request)} could not be built`,
      `It stopped in the stage ${codeSpan(stage)}.`,
      ...reason(problem),
      ...(log === undefined ? [] : [`Full log: ${link('open it', log)}`]),
      'The label `build-approved` was taken off. A maintainer who adds it again starts a new try.',
    ],
    folds: evidence(problem),
  };
}

function reason({ code, message, next }: Problem): readonly string[] {
  return [`**Why:** ${inlineText(message)} (${codeSpan(code)})`, `**What to do:** ${inlineText(next)}`];
}

function evidence({ detail }: Problem): readonly Fold[] {
  return detail === undefined ? [] : [codeFold('What was seen last', detail)];
}
