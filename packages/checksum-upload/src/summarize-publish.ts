import { codeSpan, table } from '@dtvem/action-kit';
import type { PublishResult } from '@dtvem/contracts';

/** The page of the workflow run about a publish, in Markdown. */
export function summarizePublish({ outcome, key, sha256, size }: PublishResult): string {
  const rows = [
    ['Object', codeSpan(key)],
    ['sha256', codeSpan(sha256)],
    ['Size', `${size} bytes`],
  ];
  return `### ${outcome === 'published' ? 'Published' : 'Already published'}\n\n${table(['', ''], rows)}`;
}
