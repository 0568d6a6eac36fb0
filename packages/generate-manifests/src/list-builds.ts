import { isExactVersion, ok, type Result, type Runtime, SIDE_ENDINGS } from '@dtvem/contracts';
import type { ObjectStore } from '@dtvem/object-store';

/** One place whose meta object is in the store. */
export type ListedBuild = {
  readonly version: string;
  readonly platform: string;
  readonly metaKey: string;
  /** What the keys of its archive and of everything beside it start with: `python/3.13.5/linux-amd64`. */
  readonly stem: string;
};

export type BuildListing = {
  readonly builds: readonly ListedBuild[];
  /** Every key below the runtime, archives among them. */
  readonly keys: ReadonlySet<string>;
  readonly warnings: readonly string[];
};

/** What the builds bucket holds for a runtime. A key with the ending of a meta object in a wrong place is a warning. */
export async function listBuilds(
  runtime: Runtime,
  builds: ObjectStore,
  signal: AbortSignal,
): Promise<Result<BuildListing>> {
  const listed = await builds.list(`${runtime}/`, signal);
  if (!listed.ok) return listed;
  const keys = listed.value.map(({ key }) => key);
  const parsed = keys
    .filter((key) => key.endsWith(SIDE_ENDINGS.meta))
    .map((key) => ({ key, build: parseMetaKey(key) }));
  return ok({
    builds: parsed.flatMap(({ build }) => build ?? []),
    keys: new Set(keys),
    warnings: parsed
      .filter(({ build }) => build === undefined)
      .map(
        ({ key }) =>
          `${key} is left out: its name is not <runtime>/<version>/<platform>${SIDE_ENDINGS.meta}.`,
      ),
  });
}

/** Platforms that this project does not know are listed too: other jobs publish for them. */
const PLATFORM_SHAPE = /^[a-z0-9]+-[a-z0-9]+$/;

function parseMetaKey(metaKey: string): ListedBuild | undefined {
  const stem = metaKey.slice(0, -SIDE_ENDINGS.meta.length);
  const [, version = '', platform = '', ...rest] = stem.split('/');
  const isPlace = rest.length === 0 && isExactVersion(version) && PLATFORM_SHAPE.test(platform);
  return isPlace ? { version, platform, metaKey, stem } : undefined;
}
