import { ok, type Result, type SourceArchive } from '@dtvem/contracts';
import * as v from 'valibot';
import { fetchJson, unreadable } from './fetch-json.ts';
import type { FetchText } from './fetch-text.ts';
import { isReleaseVersion } from './release-version.ts';
import type { ListUpstream, UpstreamList } from './upstream-list.ts';
import { upstreamSha256Schema } from './upstream-sha256.ts';

const FILES = 'https://www.python.org/ftp/python/';
const PREFERRED_ENDINGS = ['.tar.xz', '.tgz'];

const releasesSchema = v.array(
  v.object({ name: v.string(), is_published: v.boolean(), resource_uri: v.string() }),
);
const filesSchema = v.array(
  v.object({
    url: v.string(),
    is_source: v.boolean(),
    sha256_sum: upstreamSha256Schema,
    filesize: v.nullish(v.pipe(v.number(), v.integer())),
  }),
);
type ReleaseFile = v.InferOutput<typeof filesSchema>[number];

/** python.org's downloads API; `api` is its base URL, such as `https://www.python.org/api/v2/downloads`. */
export function pythonOrg({ api }: { readonly api: string }): ListUpstream {
  return async (fetchText, choose) => {
    const url = `${api}/release/`;
    const listed = await fetchJson(fetchText, url, releasesSchema);
    if (!listed.ok) return listed;
    const ids = new Map<string, string>();
    for (const { name, is_published, resource_uri } of listed.value) {
      const version = /^Python (\S+)$/.exec(name)?.[1];
      if (!is_published || version === undefined || !isReleaseVersion(version)) continue;
      const id = /\/release\/(\d+)\/$/.exec(resource_uri)?.[1];
      if (id === undefined) return unreadable(url, `${resource_uri} is not the address of a release`);
      ids.set(version, id);
    }
    const chosen = choose([...ids.keys()]);
    return readFiles(fetchText, api, new Map([...ids].filter(([version]) => chosen.has(version))));
  };
}

async function readFiles(
  fetchText: FetchText,
  api: string,
  ids: ReadonlyMap<string, string>,
): Promise<Result<UpstreamList>> {
  const releases = [];
  const leftOut = [];
  for (const [version, id] of ids) {
    const url = `${api}/release_file/?release=${id}`;
    const files = await fetchJson(fetchText, url, filesSchema);
    if (!files.ok) return files;
    const sources = PREFERRED_ENDINGS.flatMap((ending) => sourceOf(files.value, version, ending));
    const stranger = sources.find((source) => !source.url.startsWith(FILES));
    if (stranger !== undefined) return unreadable(url, `${stranger.url} is not an address below ${FILES}`);
    const archives = sources.flatMap(pinOf);
    if (archives.length > 0) releases.push({ version, archives });
    else leftOut.push({ version, reason: 'python.org lists no sha256 of its source archives' });
  }
  return ok({ releases, leftOut });
}

type Source = ReleaseFile & { readonly file: string };

function sourceOf(files: readonly ReleaseFile[], version: string, ending: string): readonly Source[] {
  const file = `Python-${version}${ending}`;
  return files
    .filter((entry) => entry.is_source && entry.url.endsWith(`/${file}`))
    .map((entry) => ({ ...entry, file }));
}

function pinOf({ file, url, sha256_sum: sha256, filesize }: Source): readonly SourceArchive[] {
  if (sha256 === undefined) return [];
  return [{ file, sha256, ...(filesize != null && filesize > 0 ? { size: filesize } : {}), url }];
}
