import { PLATFORMS, type Platform } from '@dtvem/contracts';
import { RUNNERS, type Runner } from './platform-table.ts';

export type { Runner } from './platform-table.ts';

/** The hosted runner on which a platform is built. */
export function runnerFor(platform: Platform): Runner {
  return RUNNERS[platform];
}

/** Platforms whose runner may be gone on that day (UTC), so that another label must be chosen before it. */
export function platformsWithoutRunner(day: Date): readonly Platform[] {
  const date = day.toISOString().slice(0, 10);
  return PLATFORMS.filter((platform) => {
    const { ends } = runnerFor(platform);
    return ends !== null && ends <= date;
  });
}
