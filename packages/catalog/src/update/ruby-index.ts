import { ok, type Result, seriesOf } from '@dtvem/contracts';
import * as v from 'valibot';
import { unreadable } from './fetch-json.ts';
import { isReleaseVersion } from './release-version.ts';
import { upstreamSha256Schema } from './upstream-sha256.ts';

const HEADER = 'name\turl\tsha1\tsha256\tsha512';
const FILES = 'https://cache.ruby-lang.org/pub/ruby/';

/** One source archive that index.txt lists. `ending` is without its first dot, as releases.yml keys it. */
export type RubyArchive = {
  readonly version: string;
  readonly ending: 'xz' | 'gz';
  readonly file: string;
  readonly url: string;
  readonly sha256: string | undefined;
};

/**
 * Reads ruby-lang.org's index.txt: tab-separated, with a header. Rows of snapshots, of zips and bzip2 archives,
 * and of files outside their series' folder are none of the catalog's.
 */
export function readRubyIndex(url: string, text: string): Result<readonly RubyArchive[]> {
  const [header, ...rows] = text.split(/\r?\n/).filter((line) => line !== '');
  if (header !== HEADER) return unreadable(url, 'its first line is not the header');
  const archives: RubyArchive[] = [];
  for (const row of rows) {
    const cells = row.split('\t');
    const [, address, , sum] = cells;
    const sha256 = v.safeParse(upstreamSha256Schema, sum);
    if (cells.length !== 5 || address === undefined || !sha256.success) {
      return unreadable(url, `the row ${JSON.stringify(row.slice(0, 80))} is not five cells with a sha256`);
    }
    archives.push(...archiveAt(address, sha256.output));
  }
  return ok(archives);
}

function archiveAt(url: string, sha256: string | undefined): readonly RubyArchive[] {
  const file = url.slice(url.lastIndexOf('/') + 1);
  const [, version = '', ending] = /^ruby-(.+)\.tar\.(xz|gz)$/.exec(file) ?? [];
  if (!isReleaseVersion(version) || (ending !== 'xz' && ending !== 'gz')) return [];
  if (url !== `${FILES}${seriesOf(version)}/${file}`) return [];
  return [{ version, ending, file, url, sha256 }];
}
