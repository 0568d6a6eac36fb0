import { isPrerelease, type Runtime } from '@dtvem/contracts';
import * as v from 'valibot';
import node from '../data/node.json' with { type: 'json' };
import python from '../data/python.json' with { type: 'json' };
import ruby from '../data/ruby.json' with { type: 'json' };
import { type Release, releaseSchema } from './release.ts';

const RELEASES: Readonly<Record<Runtime, ReadonlyMap<string, Release>>> = {
  python: byVersion(python),
  ruby: byVersion(ruby),
  node: byVersion(node),
};

function byVersion(data: unknown): ReadonlyMap<string, Release> {
  const { releases } = v.parse(v.object({ releases: v.array(releaseSchema) }), data);
  return new Map(releases.map((release) => [release.version, release]));
}

/** The release with its source archives, or undefined when the catalog does not hold this exact version. */
export function findRelease(runtime: Runtime, version: string): Release | undefined {
  return RELEASES[runtime].get(version);
}

/** Every version that the catalog holds, oldest first; pre-releases and patch levels too. */
export function listVersions(runtime: Runtime): readonly string[] {
  // The data stands in the order of versions: a test holds it to that.
  return [...RELEASES[runtime].keys()];
}

/**
 * The newest version of a series such as `3.13` or `3`, or of all when none is given. A pre-release only where
 * there is no final release; undefined where the catalog holds nothing of that series.
 */
export function newestVersion(runtime: Runtime, series?: string): string | undefined {
  const prefix = series === undefined ? '' : `${series}.`;
  const versions = listVersions(runtime).filter((version) => version.startsWith(prefix));
  return versions.findLast((version) => !isPrerelease(version)) ?? versions.at(-1);
}
