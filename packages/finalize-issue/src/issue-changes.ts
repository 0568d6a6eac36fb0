import type { IssueStatus } from '@dtvem/contracts';

/** What a status does to an issue beside the comment. */
export type IssueChanges = {
  readonly addLabels: readonly string[];
  readonly removeLabels: readonly string[];
  readonly close: boolean;
};

const APPROVED = 'build-approved';
const FAILED = 'build-failed';

/** Labels and state that an issue shall have: approval is spent by a refusal or failure, and stays on success. */
export function changesFor(status: IssueStatus['status']): IssueChanges {
  switch (status) {
    case 'started':
      return { addLabels: [], removeLabels: [FAILED], close: false };
    case 'published':
    case 'already-available':
      return { addLabels: [], removeLabels: [FAILED], close: true };
    case 'refused':
      return { addLabels: [], removeLabels: [APPROVED], close: false };
    case 'failed':
      return { addLabels: [FAILED], removeLabels: [APPROVED], close: false };
  }
}
