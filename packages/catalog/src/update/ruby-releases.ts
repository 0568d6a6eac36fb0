import { ok, type Result } from '@dtvem/contracts';
import * as v from 'valibot';
import { parse } from 'yaml';
import { unreadable } from './fetch-json.ts';
import { upstreamSha256Schema } from './upstream-sha256.ts';

const releasesSchema = v.array(
  v.object({
    version: v.union([v.string(), v.pipe(v.number(), v.transform(String))]),
    sha256: v.nullish(v.record(v.string(), upstreamSha256Schema)),
  }),
);

/** sha256 by archive ending (`xz`, `gz`), by version. */
export type RubySums = ReadonlyMap<string, Readonly<Record<string, string | undefined>>>;

/** Reads ruby-lang.org's releases.yml, the second, independent list of the same archives. */
export function readRubyReleases(url: string, text: string): Result<RubySums> {
  const parsed = v.safeParse(releasesSchema, parseYaml(text));
  if (!parsed.success) return unreadable(url, parsed.issues[0].message);
  return ok(new Map(parsed.output.map(({ version, sha256 }) => [version, sha256 ?? {}])));
}

function parseYaml(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
