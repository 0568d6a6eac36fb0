import * as v from 'valibot';
import { buildRequestSchema } from './build-request.ts';
import { gateResultSchema } from './gate-result.ts';
import { profileSchema } from './profile.ts';
import { sha256Schema } from './sha256.ts';
import { originSchema } from './source-archive.ts';

const shortText = v.pipe(v.string(), v.maxLength(200));

const usedSourceSchema = v.strictObject({
  name: shortText,
  version: shortText,
  file: shortText,
  sha256: sha256Schema,
  origin: originSchema,
  license: v.optional(shortText),
});
export type UsedSource = Readonly<v.InferOutput<typeof usedSourceSchema>>;

/** What is known of an archive. Written by the job that ran upstream's code, so every reader checks it again. */
export const buildReportSchema = v.strictObject({
  schemaVersion: v.literal(1),
  request: buildRequestSchema,
  profile: profileSchema,
  archive: v.strictObject({
    file: v.pipe(shortText, v.regex(/^[a-z0-9][A-Za-z0-9._-]*$/)),
    sha256: sha256Schema,
    size: v.pipe(v.number(), v.integer(), v.minValue(1)),
  }),
  source: usedSourceSchema,
  dependencies: v.pipe(v.array(usedSourceSchema), v.maxLength(100)),
  toolchain: v.strictObject({ kind: v.picklist(['host']), compiler: shortText, libc: shortText }),
  /** Highest glibc symbol version that any ELF file of the archive needs, as measured; null where it was not. */
  glibcFloor: v.nullable(v.pipe(v.string(), v.regex(/^\d+\.\d+(\.\d+)?$/))),
  /** Remarks a maintainer should see, such as tests of the profile run that failed. */
  notes: v.pipe(v.array(v.pipe(v.string(), v.maxLength(500))), v.maxLength(50)),
  gates: v.pipe(v.array(gateResultSchema), v.maxLength(200)),
  durations: v.pipe(v.array(v.strictObject({ stage: shortText, seconds: v.number() })), v.maxLength(50)),
});
export type BuildReport = Readonly<v.InferOutput<typeof buildReportSchema>>;
