import { ok, type Result, type SourceArchive } from '@dtvem/contracts';
import * as v from 'valibot';
import type { Release } from '../release.ts';
import { fetchJson, unreadable } from './fetch-json.ts';
import { isReleaseVersion } from './release-version.ts';
import type { LeftOut, ListUpstream } from './upstream-list.ts';

const FILES = 'https://nodejs.org/dist';
const PREFERRED_ENDINGS = ['.tar.xz', '.tar.gz'];

const indexSchema = v.array(v.object({ version: v.pipe(v.string(), v.startsWith('v')) }));

/** nodejs.org's index.json, and SHASUMS256.txt of each release; `dist` is the base URL of both. */
export function nodejsOrg({ dist }: { readonly dist: string }): ListUpstream {
  return async (fetchText, choose) => {
    const index = await fetchJson(fetchText, `${dist}/index.json`, indexSchema);
    if (!index.ok) return index;
    const listed = index.value.map(({ version }) => version.slice(1)).filter(isReleaseVersion);
    const releases: Release[] = [];
    const leftOut: LeftOut[] = [];
    for (const version of choose(listed)) {
      const url = `${dist}/v${version}/SHASUMS256.txt`;
      const text = await fetchText(url);
      if (!text.ok) return text;
      const sums = readShasums(url, text.value);
      if (!sums.ok) return sums;
      const archives = pinsOf(version, sums.value);
      if (archives.length > 0) releases.push({ version, archives });
      else leftOut.push({ version, reason: 'its SHASUMS256.txt lists no source archive' });
    }
    return ok({ releases, leftOut });
  };
}

/** `<sha256>␠␠<file name>` on every line. */
function readShasums(url: string, text: string): Result<ReadonlyMap<string, string>> {
  const sums = new Map<string, string>();
  for (const line of text.split('\n').filter((candidate) => candidate !== '')) {
    const [, sha256, file] = /^([0-9a-f]{64}) {2}(\S+)$/.exec(line) ?? [];
    if (sha256 === undefined || file === undefined) {
      return unreadable(url, `the line ${JSON.stringify(line.slice(0, 80))} is not a sha256 and a file name`);
    }
    sums.set(file, sha256);
  }
  return ok(sums);
}

function pinsOf(version: string, sums: ReadonlyMap<string, string>): SourceArchive[] {
  return PREFERRED_ENDINGS.flatMap((ending) => {
    const file = `node-v${version}${ending}`;
    const sha256 = sums.get(file);
    return sha256 === undefined ? [] : [{ file, sha256, url: `${FILES}/v${version}/${file}` }];
  });
}
