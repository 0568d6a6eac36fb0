export { COMMENT_MARKER } from './comment-marker.ts';
export { type FinalizeOptions, finalizeIssue } from './finalize-issue.ts';
export { type FinalizeResult, finalizeResultSchema } from './finalize-result.ts';
export { changesFor, type IssueChanges } from './issue-changes.ts';
export { MAX_COMMENT_LENGTH, renderComment } from './render-comment.ts';
