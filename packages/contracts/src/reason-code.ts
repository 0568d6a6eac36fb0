import * as v from 'valibot';

/** Whose turn it is after a failure; the command line's exit code follows from it. */
export const FAILURE_KINDS = [
  'request',
  'machine',
  'build',
  'gate',
  'publish',
  'github',
  'usage',
  'interrupted',
  'bug',
] as const;
export type FailureKind = (typeof FAILURE_KINDS)[number];

/** Every way in which a stage can end badly. A code is never renamed: outputs and comments carry it. */
export const REASON_CODES = {
  'not-a-build-request': 'request',
  'request-too-long': 'request',
  'not-plain-ascii': 'request',
  'title-and-form-differ': 'request',
  'unknown-runtime': 'request',
  'unknown-platform': 'request',
  'platform-not-built': 'request',
  'platform-not-supported': 'request',
  'version-missing': 'request',
  'version-not-exact': 'request',
  'version-malformed': 'request',
  'version-unknown': 'request',
  'prerelease-unknown': 'request',
  'version-not-buildable': 'request',
  'runtime-not-landed': 'request',
  'platform-not-this-machine': 'machine',
  'machine-lacks-tools': 'machine',
  'disk-space-low': 'machine',
  'disk-full': 'machine',
  'source-unavailable': 'build',
  'source-mismatch': 'build',
  'source-unreadable': 'build',
  'patch-rejected': 'build',
  'dependency-failed': 'build',
  'build-failed': 'build',
  'packing-failed': 'build',
  'gate-failed': 'gate',
  'archive-unreadable': 'gate',
  'sha256-differs': 'publish',
  'file-unreadable': 'publish',
  'file-changed': 'publish',
  'file-too-large': 'publish',
  'profile-not-publishable': 'publish',
  'immutable-conflict': 'publish',
  'store-unreachable': 'publish',
  'store-denied': 'publish',
  'store-failed': 'publish',
  'store-busy': 'publish',
  'read-back-differs': 'publish',
  'manifest-invalid': 'publish',
  'manifest-changed': 'publish',
  'meta-object-invalid': 'publish',
  'github-denied': 'github',
  'github-not-found': 'github',
  'github-unavailable': 'github',
  'github-rejected': 'github',
  'input-invalid': 'usage',
  interrupted: 'interrupted',
  bug: 'bug',
} as const satisfies Record<string, FailureKind>;

export type ReasonCode = keyof typeof REASON_CODES;

export const reasonCodeSchema = v.picklist(Object.keys(REASON_CODES).filter(isReasonCode));

export function isReasonCode(text: string): text is ReasonCode {
  return Object.hasOwn(REASON_CODES, text);
}

export function failureKind(code: ReasonCode): FailureKind {
  return REASON_CODES[code];
}
