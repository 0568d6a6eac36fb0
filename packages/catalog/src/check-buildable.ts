import {
  type BuildRequest,
  compareVersions,
  fail,
  isPrerelease,
  ok,
  type Result,
  RUNTIME_NAMES,
} from '@dtvem/contracts';
import { LIMITS, type Limit } from './platform-table.ts';
import { listVersions } from './releases.ts';

type Wish = Pick<BuildRequest, 'runtime' | 'version' | 'platform'>;

/**
 * Whether this version can be built for this platform at all, by this project or anybody who keeps to what it
 * promises. Fails with `version-not-buildable` where no platform can, with `platform-not-supported` where this
 * one cannot.
 */
export function checkBuildable(wish: Wish): Result<void> {
  const limits = LIMITS.filter((limit) => concerns(limit, wish));
  const everywhere = limits.find(({ platforms }) => platforms === undefined);
  if (everywhere !== undefined) return refuseVersion(wish, everywhere);
  const here = limits[0];
  return here === undefined ? ok(undefined) : refusePlatform(wish, here);
}

function concerns(limit: Limit, { runtime, version, platform }: Wish): boolean {
  return (
    limit.runtime === runtime &&
    (limit.platforms?.includes(platform) ?? true) &&
    compareVersions(version, limit.from ?? version) >= 0 &&
    compareVersions(version, limit.below) < 0
  );
}

function refuseVersion(wish: Wish, { reason }: Limit): Result<void> {
  return fail(
    'version-not-buildable',
    `${RUNTIME_NAMES[wish.runtime]} ${wish.version} cannot be built: ${reason}.`,
    `Ask for ${nextBuildable(wish)}.`,
  );
}

function refusePlatform(wish: Wish, { reason }: Limit): Result<void> {
  return fail(
    'platform-not-supported',
    `${RUNTIME_NAMES[wish.runtime]} ${wish.version} cannot be built for ${wish.platform}: ${reason}.`,
    `Ask for ${nextBuildable(wish)}, or for another platform.`,
  );
}

/** The oldest newer final release that can be built for the platform, in words. */
function nextBuildable(wish: Wish): string {
  const version = listVersions(wish.runtime).find(
    (candidate) =>
      compareVersions(candidate, wish.version) > 0 &&
      !isPrerelease(candidate) &&
      !LIMITS.some((limit) => concerns(limit, { ...wish, version: candidate })),
  );
  return version === undefined
    ? `another version of ${RUNTIME_NAMES[wish.runtime]}`
    : `${version}, the next version that can be built for ${wish.platform}`;
}
