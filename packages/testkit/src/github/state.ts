/** One comment as the fake keeps it. */
export type FakeComment = { id: number; body: string; author: string };

/** The one issue of the fake; tests read and change it as other people on GitHub would. */
export type FakeIssue = {
  number: number;
  title: string;
  state: 'open' | 'closed';
  stateReason: 'completed' | 'not_planned' | null;
  labels: string[];
  comments: FakeComment[];
  /** Only those who may write to the repository can comment on a locked issue. */
  locked: boolean;
};

/** The issue as `dtvem request` opens it and a maintainer approves it. */
export function approvedIssue(): FakeIssue {
  return {
    number: 7,
    title: 'build(python): 3.13.5 linux-amd64',
    state: 'open',
    stateReason: null,
    labels: ['build-request', 'build-approved'],
    comments: [],
    locked: false,
  };
}
