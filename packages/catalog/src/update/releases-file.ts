import { open, readFile, rename, rm } from 'node:fs/promises';
import { fail, ok, parseJson, type Result, type Runtime, runtimeSchema } from '@dtvem/contracts';
import * as v from 'valibot';
import { type Release, releaseSchema } from '../release.ts';

const fileSchema = v.strictObject({
  $schema: v.string(),
  runtime: runtimeSchema,
  releases: v.array(v.strictObject(releaseSchema.entries)),
});
/** The content of `data/<runtime>.json`. */
export type ReleasesFile = {
  readonly $schema: string;
  readonly runtime: Runtime;
  readonly releases: readonly Release[];
};

/** Reads `data/<runtime>.json`. Fails with `file-unreadable`. */
export async function readReleasesFile(path: string): Promise<Result<ReleasesFile>> {
  const next = 'Give --data the folder that holds python.json, ruby.json and node.json.';
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return fail('file-unreadable', `The file ${path} cannot be read.`, next);
  const parsed = parseJson(fileSchema, text);
  if (!parsed.ok)
    return fail('file-unreadable', `The file ${path} is no list of releases: ${parsed.message}.`, next);
  return ok(parsed.value);
}

/** One release a line, so that a diff shows what was added and nothing else. */
export function printReleasesFile({ $schema, runtime, releases }: ReleasesFile): string {
  const lines = releases.map((release) => `    ${JSON.stringify(release)}`).join(',\n');
  return `{\n  "$schema": ${JSON.stringify($schema)},\n  "runtime": "${runtime}",\n  "releases": [\n${lines}\n  ]\n}\n`;
}

/** Replaces files whole: each is written and flushed beside its place first, then all are moved there. */
export async function replaceFiles(texts: ReadonlyMap<string, string>): Promise<void> {
  const staged = [...texts].map(([path, text]) => ({ path, text, temporary: `${path}.${process.pid}.tmp` }));
  try {
    for (const { temporary, text } of staged) await writeFlushed(temporary, text);
    for (const { temporary, path } of staged) await rename(temporary, path);
  } finally {
    await Promise.all(staged.map(({ temporary }) => rm(temporary, { force: true })));
  }
}

async function writeFlushed(path: string, text: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
