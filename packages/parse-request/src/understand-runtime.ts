import { fail, isRuntime, ok, type Result, RUNTIMES, type Runtime } from '@dtvem/contracts';
import { closest, distance } from 'fastest-levenshtein';
import { quote } from './quote.ts';

/** Further apart than this, two words have nothing to do with each other. */
const MAX_TYPING_ERRORS = 2;

/** The runtime that a normalised word names. Fails with `unknown-runtime`. */
export function understandRuntime(word: string): Result<Runtime> {
  if (isRuntime(word)) return ok(word);
  const known = `The runtimes are ${RUNTIMES.join(', ')}.`;
  if (word === '') return fail('unknown-runtime', 'The request names no runtime.', known);
  const meant = guess(word);
  const question = meant === undefined ? '.' : `; did you mean ${meant}?`;
  return fail('unknown-runtime', `There is no runtime ${quote(word)}${question}`, known);
}

/** `cpython`, `node.js` and `python3` hold the name of what they mean; `pyhton` is close to it. */
function guess(word: string): Runtime | undefined {
  const held = RUNTIMES.find((runtime) => word.includes(runtime));
  if (held !== undefined) return held;
  const near = closest(word, RUNTIMES);
  return isRuntime(near) && distance(word, near) <= MAX_TYPING_ERRORS ? near : undefined;
}
