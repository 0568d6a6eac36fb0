import {
  fail,
  isPlatform,
  isPlatformNotBuilt,
  ok,
  PLATFORMS,
  type Platform,
  type Result,
} from '@dtvem/contracts';
import { quote } from './quote.ts';

const BUILT = `Ask for one of ${PLATFORMS.join(', ')}.`;

/** The platform that a normalised word names. Fails with `platform-not-built` or `unknown-platform`. */
export function understandPlatform(word: string): Result<Platform> {
  if (isPlatform(word)) return ok(word);
  if (word === '') return fail('unknown-platform', 'The request names no platform.', BUILT);
  return isPlatformNotBuilt(word)
    ? fail('platform-not-built', `Nothing is built for ${word}.`, BUILT)
    : fail('unknown-platform', `There is no platform ${quote(word)}.`, BUILT);
}
