import { type FailureKind, failureKind, type ReasonCode } from '@dtvem/contracts';

/** What each exit code says; `--help` and the README print this table. */
export const EXIT_CODES: readonly {
  readonly code: number;
  readonly kind: FailureKind | 'success';
  readonly meaning: string;
}[] = [
  { code: 0, kind: 'success', meaning: 'published, or available already' },
  { code: 2, kind: 'request', meaning: 'request refused' },
  { code: 3, kind: 'machine', meaning: 'this machine cannot build it (tools, disk space, platform)' },
  { code: 4, kind: 'build', meaning: 'fetching or building failed' },
  { code: 5, kind: 'gate', meaning: 'a gate failed: nothing was published' },
  { code: 6, kind: 'publish', meaning: 'publishing or the manifest failed' },
  { code: 7, kind: 'github', meaning: 'GitHub did not take the answer' },
  { code: 64, kind: 'usage', meaning: 'the command line is wrong' },
  { code: 70, kind: 'bug', meaning: 'a bug of this project' },
  { code: 130, kind: 'interrupted', meaning: 'interrupted' },
];

export function exitCodeOf(code: ReasonCode): number {
  const kind = failureKind(code);
  return EXIT_CODES.find((entry) => entry.kind === kind)?.code ?? 70;
}
