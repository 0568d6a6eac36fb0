import { isExactVersion } from '@dtvem/contracts';

/** Whether the catalog can hold this version: an exact one of three numbers, because two name a series. */
export function isReleaseVersion(text: string): boolean {
  return isExactVersion(text) && /^\d+\.\d+\.\d+/.test(text);
}
