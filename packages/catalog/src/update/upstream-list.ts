import type { Result } from '@dtvem/contracts';
import type { Release } from '../release.ts';
import type { FetchText } from './fetch-text.ts';

/** A release that upstream lists and that cannot be pinned. */
export type LeftOut = { readonly version: string; readonly reason: string };

/** What an upstream says of its releases: those that can be pinned, and those that cannot with the reason. */
export type UpstreamList = { readonly releases: readonly Release[]; readonly leftOut: readonly LeftOut[] };

/** Chooses the versions, of all that upstream lists, that are worth asking upstream's checksums for. */
export type ChooseVersions = (listed: readonly string[]) => ReadonlySet<string>;

/**
 * Reads one upstream's lists. Fails with `source-unavailable` (not reachable), `source-unreadable` (not of the
 * shape that upstream documents) or `source-mismatch` (two of its lists contradict each other).
 */
export type ListUpstream = (fetchText: FetchText, choose: ChooseVersions) => Promise<Result<UpstreamList>>;
