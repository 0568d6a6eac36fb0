import { fail, ok, type Result, type SourceArchive } from '@dtvem/contracts';
import type { Release } from '../release.ts';
import type { FetchText } from './fetch-text.ts';
import { type RubyArchive, readRubyIndex } from './ruby-index.ts';
import { type RubySums, readRubyReleases } from './ruby-releases.ts';
import type { LeftOut, ListUpstream } from './upstream-list.ts';

type Addresses = { readonly index: string; readonly releases: string };
type Lists = { readonly index: readonly RubyArchive[]; readonly sums: RubySums };

const PREFERRED_ENDINGS: readonly RubyArchive['ending'][] = ['xz', 'gz'];

/**
 * ruby-lang.org's two lists: index.txt of the download server, and releases.yml of the website's repository.
 * Nothing is signed, so a release counts once both name the same sha256.
 */
export function rubyLang(addresses: Addresses): ListUpstream {
  return async (fetchText, choose) => {
    const lists = await readLists(fetchText, addresses);
    if (!lists.ok) return lists;
    const { index, sums } = lists.value;
    const contradiction = index.find((archive) => contradicts(archive, sums));
    if (contradiction !== undefined) return disagree(contradiction, sums);

    const byVersion = Map.groupBy(index, ({ version }) => version);
    const releases: Release[] = [];
    const leftOut: LeftOut[] = [];
    for (const version of choose([...byVersion.keys()])) {
      const archives = pinsOf(byVersion.get(version) ?? [], sums);
      if (archives.length > 0) releases.push({ version, archives });
      else leftOut.push({ version, reason: 'index.txt and releases.yml do not both list a sha256 of it' });
    }
    return ok({ releases, leftOut });
  };
}

async function readLists(fetchText: FetchText, addresses: Addresses): Promise<Result<Lists>> {
  const indexText = await fetchText(addresses.index);
  if (!indexText.ok) return indexText;
  const releasesText = await fetchText(addresses.releases);
  if (!releasesText.ok) return releasesText;
  const index = readRubyIndex(addresses.index, indexText.value);
  if (!index.ok) return index;
  const sums = readRubyReleases(addresses.releases, releasesText.value);
  return sums.ok ? ok({ index: index.value, sums: sums.value }) : sums;
}

function sumInReleases({ version, ending }: RubyArchive, sums: RubySums): string | undefined {
  return sums.get(version)?.[ending];
}

function contradicts(archive: RubyArchive, sums: RubySums): boolean {
  const other = sumInReleases(archive, sums);
  return archive.sha256 !== undefined && other !== undefined && archive.sha256 !== other;
}

function disagree(archive: RubyArchive, sums: RubySums): Result<never> {
  return fail(
    'source-mismatch',
    `The two lists of ruby-lang.org contradict each other about ${archive.file}.`,
    'Find out from upstream which is right before anything is added; nothing was written.',
    `index.txt:    ${archive.sha256}\nreleases.yml: ${sumInReleases(archive, sums)}`,
  );
}

function pinsOf(archives: readonly RubyArchive[], sums: RubySums): SourceArchive[] {
  return PREFERRED_ENDINGS.flatMap((ending) => {
    const archive = archives.find((candidate) => candidate.ending === ending);
    if (archive?.sha256 === undefined || sumInReleases(archive, sums) === undefined) return [];
    return [{ file: archive.file, sha256: archive.sha256, url: archive.url }];
  });
}
