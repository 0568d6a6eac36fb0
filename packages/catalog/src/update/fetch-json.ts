import { fail, ok, parseJson, type Result } from '@dtvem/contracts';
import type * as v from 'valibot';
import type { FetchText } from './fetch-text.ts';

/** Fetches JSON of a known shape. Fails with `source-unavailable` or `source-unreadable`. */
export async function fetchJson<S extends v.GenericSchema>(
  fetchText: FetchText,
  url: string,
  schema: S,
): Promise<Result<v.InferOutput<S>>> {
  const text = await fetchText(url);
  if (!text.ok) return text;
  const parsed = parseJson(schema, text.value);
  return parsed.ok ? ok(parsed.value) : unreadable(url, parsed.message);
}

/** The list is not of the shape that upstream documents: nothing of it may be believed. */
export function unreadable<T = never>(url: string, why: string): Result<T> {
  return fail(
    'source-unreadable',
    `The list ${url} does not have its known shape: ${why}.`,
    'Compare it with the shape that this update expects, and change the update when upstream changed the list.',
  );
}
