import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { fail, ok, PROFILES, type Profile, type Result } from '@dtvem/contracts';
import * as v from 'valibot';

/** The command line, checked. Paths are absolute. */
export type Arguments = {
  readonly title: string | undefined;
  readonly event: string | undefined;
  readonly profile: Profile;
  readonly jobs: number;
  readonly workDir: string;
  readonly keepWork: boolean;
  readonly mirrors: readonly string[];
  readonly store: 'embedded' | 's3';
  readonly plan: boolean;
  readonly json: boolean;
  readonly help: boolean;
};

const OPTIONS = {
  event: { type: 'string' },
  profile: { type: 'string' },
  jobs: { type: 'string' },
  'source-mirror': { type: 'string', multiple: true },
  store: { type: 'string' },
  'work-dir': { type: 'string' },
  'keep-work': { type: 'boolean' },
  plan: { type: 'boolean' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsConfig['options'];

const valuesSchema = v.object({
  event: v.optional(v.string()),
  profile: v.optional(v.picklist(PROFILES, '--profile must be quick or optimized'), 'quick'),
  jobs: v.pipe(
    v.optional(v.string(), String(availableParallelism())),
    v.regex(/^[1-9]\d{0,3}$/, '--jobs must be a whole number from 1 to 9999'),
    v.transform(Number),
  ),
  'source-mirror': v.optional(
    v.array(v.pipe(v.string(), v.nonEmpty('--source-mirror must not be empty'))),
    [],
  ),
  store: v.optional(v.picklist(['embedded', 's3'], '--store must be embedded or s3'), 'embedded'),
  'work-dir': v.optional(v.pipe(v.string(), v.nonEmpty('--work-dir must not be empty'))),
  'keep-work': v.optional(v.boolean(), false),
  plan: v.optional(v.boolean(), false),
  json: v.optional(v.boolean(), false),
  help: v.optional(v.boolean(), false),
});

/** Reads the words after `npm start --`; anything wrong with them is `input-invalid`. */
export function readArguments(words: readonly string[], defaultWorkDir: string): Result<Arguments> {
  const parsed = splitWords(words);
  if (!parsed.ok) return parsed;
  const { positionals } = parsed.value;
  const values = v.safeParse(valuesSchema, parsed.value.values);
  if (!values.success) return wrong(values.issues[0].message);
  if (positionals.length > 1) return wrong('More than one title was given; put the title in quotation marks');
  if (positionals.length === 1 && values.output.event !== undefined)
    return wrong('Both a title and --event were given');
  const {
    'source-mirror': mirrors,
    'work-dir': workDir,
    'keep-work': keepWork,
    event,
    ...rest
  } = values.output;
  return ok({
    ...rest,
    event,
    title: positionals[0],
    mirrors,
    keepWork,
    workDir: resolve(workDir ?? defaultWorkDir),
  });
}

function splitWords(words: readonly string[]): Result<{ values: object; positionals: readonly string[] }> {
  try {
    return ok(parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true, strict: true }));
  } catch (error) {
    // parseArgs reports every wrong word as a TypeError whose message names it; its first sentence is enough.
    if (!(error instanceof TypeError)) throw error;
    return wrong(error.message.split('. ')[0] ?? error.message);
  }
}

function wrong(message: string): Result<never> {
  return fail('input-invalid', `${message}.`, 'Run `npm start -- --help` for every option.');
}
