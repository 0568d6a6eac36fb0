import { platformSchema, runtimeSchema, versionSchema } from '@dtvem/contracts';
import * as v from 'valibot';
import data from '../data/platforms.json' with { type: 'json' };

const runnerSchema = v.object({
  /** For `runs-on`. */
  label: v.string(),
  /** `YYYY-MM-DD`, the first day on which the label may be gone; null where no end is announced. */
  ends: v.nullable(v.pipe(v.string(), v.isoDate())),
});
/** The hosted runner of one platform. */
export type Runner = Readonly<v.InferOutput<typeof runnerSchema>>;

const limitSchema = v.object({
  runtime: runtimeSchema,
  /** Where it holds; everywhere when absent. */
  platforms: v.optional(v.array(platformSchema)),
  from: v.optional(versionSchema),
  below: versionSchema,
  /** The end of a sentence, without its full stop. */
  reason: v.string(),
});
/** A range of versions that cannot be built, and why. `below` itself can. */
export type Limit = Readonly<v.InferOutput<typeof limitSchema>>;

const tableSchema = v.object({
  runners: v.object({
    'linux-amd64': runnerSchema,
    'linux-arm64': runnerSchema,
    'darwin-amd64': runnerSchema,
    'darwin-arm64': runnerSchema,
    'windows-amd64': runnerSchema,
  }),
  limits: v.array(limitSchema),
});

const TABLE = v.parse(tableSchema, data);

export const RUNNERS = TABLE.runners;
export const LIMITS: readonly Limit[] = TABLE.limits;
