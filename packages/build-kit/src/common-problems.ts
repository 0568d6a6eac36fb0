import { fail, type Result } from '@dtvem/contracts';

/** The disk that holds `path` filled up while something was written there. */
export function diskFull(path: string): Result<never> {
  return fail('disk-full', `The disk that holds ${path} is full.`, FREE_SPACE);
}

export const FREE_SPACE = 'Free some space, or choose another folder with --work-dir.';

/** The caller's signal ended it; nothing half-done is left. */
export function interrupted(what: string): Result<never> {
  return fail('interrupted', `${what} was interrupted.`, 'Run the same command again.');
}
