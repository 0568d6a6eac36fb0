import * as v from 'valibot';

/** What the README's table and the contract test read of an input, beside its schema. */
export type InputTraits = { readonly type: string; readonly mayBeEmpty: boolean; readonly secret: boolean };

/** The schema of one input: from the text that the runner hands over to the value that the step gets. */
export type Input<T = unknown> = v.GenericSchema<string, T>;

const filled = v.pipe(v.string(), v.trim(), v.nonEmpty('is required and was left empty'));

/** Text that must not be empty, without the spaces around it. */
export function text() {
  return v.pipe(filled, traits('Text'));
}

/** What a stranger wrote, exactly as it stands: it may be empty, and the step itself judges it. */
export function verbatim() {
  return v.pipe(v.string(), traits('Text'));
}

/** Like `text`, and masked in the log before anything else happens. */
export function secret() {
  return v.pipe(filled, traits('Secret', { secret: true }));
}

/** `true` or `false` and nothing else: a typing error is refused instead of meaning `false`. */
export function boolean() {
  const words = v.picklist(['true', 'false'], 'must be true or false');
  return v.pipe(
    filled,
    v.toLowerCase(),
    words,
    v.transform((word) => word === 'true'),
    traits('Boolean'),
  );
}

/** A whole number from `min` to `max`, both included. */
export function integer({ min = 0, max = Number.MAX_SAFE_INTEGER } = {}) {
  const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
  const message = `must be a whole number ${range}`;
  return v.pipe(
    filled,
    v.regex(/^-?\d{1,16}$/, message),
    v.transform(Number),
    v.minValue(min, message),
    v.maxValue(max, message),
    traits('Whole number'),
  );
}

/** One of a closed list of words. */
export function choice<const Words extends readonly string[]>(words: Words) {
  const listed = words.map((word) => `\`${word}\``).join(', ');
  return v.pipe(filled, v.picklist(words, `must be one of: ${words.join(', ')}`), traits(`One of ${listed}`));
}

/** One entry a line; blank lines do not count, and none at all is an empty list. */
export function list() {
  const lines = v.transform((whole: string) =>
    whole
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  );
  return v.pipe(v.string(), lines, traits('List, one a line', { mayBeEmpty: true }));
}

/** A repository as GitHub writes it, `owner/name`. */
export function repository() {
  return v.pipe(
    filled,
    v.regex(/^[\w.-]+\/[\w.-]+$/, 'must be a repository: owner/name'),
    v.transform((whole) => {
      const [owner = '', repo = ''] = whole.split('/');
      return { owner, repo };
    }),
    traits('Repository'),
  );
}

/** JSON that must match a schema; `what` names the value for a reader, such as `build request`. */
export function json<S extends v.GenericSchema>(schema: S, what: string) {
  return v.pipe(filled, v.parseJson(undefined, 'is not JSON'), schema, traits(`JSON: ${what}`));
}

/** Makes an input one that may be left empty; the step then gets `undefined`. */
export function optional<T>(input: Input<T>) {
  const empty: Input<undefined> = v.pipe(
    v.string(),
    v.transform(() => undefined),
  );
  const either: Input<T | undefined> = v.lazy((value) => (isBlank(value) ? empty : input));
  const { type, secret: masked } = traitsOf(input);
  return v.pipe(either, traits(type, { mayBeEmpty: true, secret: masked }));
}

function isBlank(value: unknown): boolean {
  return typeof value === 'string' && value.trim() === '';
}

function traits<T>(type: string, { mayBeEmpty = false, secret: masked = false } = {}) {
  return v.metadata<T, InputTraits>({ type, mayBeEmpty, secret: masked });
}

const traitsSchema = v.object({ type: v.string(), mayBeEmpty: v.boolean(), secret: v.boolean() });

/** The traits that `text`, `secret` and the others gave to an input. */
export function traitsOf(input: Input): InputTraits {
  return v.parse(traitsSchema, v.getMetadata(input));
}
