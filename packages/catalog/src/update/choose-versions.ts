import { compareVersions, isPrerelease } from '@dtvem/contracts';
import type { ChooseVersions } from './upstream-list.ts';

/**
 * Chooses what to ask upstream about: every final release that is not pinned, a pre-release only while no final
 * release is newer; with `recheck`, what is pinned already too, so that a changed checksum is noticed.
 */
export function chooseVersions(
  pinned: readonly string[],
  { recheck }: { readonly recheck: boolean },
): ChooseVersions {
  const known = new Set(pinned);
  return (listed) => {
    const newestFinal = [...pinned, ...listed].filter(isFinal).sort(compareVersions).at(-1) ?? '0.0.0';
    const isWanted = (version: string) => isFinal(version) || compareVersions(version, newestFinal) > 0;
    return new Set(listed.filter((version) => (known.has(version) ? recheck : isWanted(version))));
  };
}

function isFinal(version: string): boolean {
  return !isPrerelease(version);
}
