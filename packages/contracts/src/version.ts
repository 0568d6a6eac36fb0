import * as v from 'valibot';

/** One exact release as its upstream spells it: `3.6.15`, `3.14.0rc1`, `3.4.0-preview1`, `2.0.0-p648`. */
const EXACT_VERSION = /^\d{1,4}\.\d{1,4}(?:\.\d{1,4})?(?:-?[a-z]{1,8}\d{0,4})?$/;
export const MAX_VERSION_LENGTH = 32;

export const versionSchema = v.pipe(v.string(), v.maxLength(MAX_VERSION_LENGTH), v.regex(EXACT_VERSION));

export function isExactVersion(text: string): boolean {
  return v.is(versionSchema, text);
}

/** Whether the version names a pre-release: `3.14.0rc1`, `3.4.0-preview1`; Ruby's patch levels (`-p648`) are releases. */
export function isPrerelease(version: string): boolean {
  return /(?:a|b|c|rc|alpha|beta|preview|dev)\d*$/.test(version);
}

/** `3.13` of `3.13.5`. */
export function seriesOf(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

/**
 * Orders versions of one runtime: by their numbers, a pre-release before its release, a patch level after it.
 * Negative when `a` comes first, positive when `b` does, as `Array.prototype.sort` wants it.
 */
export function compareVersions(a: string, b: string): number {
  const left = sortKey(a);
  const right = sortKey(b);
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const STAGES: Readonly<Record<string, number>> = {
  dev: -5,
  preview: -4,
  a: -3,
  alpha: -3,
  b: -2,
  beta: -2,
  c: -1,
  rc: -1,
  p: 1,
};

function sortKey(version: string): readonly number[] {
  const match = /^([\d.]+)-?([a-z]*)(\d*)$/.exec(version);
  if (match === null) return [];
  const [, numbers = '', stage = '', serial = ''] = match;
  const [major = 0, minor = 0, patch = 0] = numbers.split('.').map(Number);
  return [major, minor, patch, STAGES[stage] ?? 0, Number(serial)];
}
