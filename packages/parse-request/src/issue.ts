import { fail, ok, type Result } from '@dtvem/contracts';

/** The two texts of an issue that a request is read from, as GitHub gives them. */
export type Issue = { readonly title: string; readonly body: string };

/** GitHub's own limits, in UTF-16 units for the body: 65 536 characters, of which each may take two. */
export const MAX_TITLE_LENGTH = 256;
export const MAX_BODY_LENGTH = 131_072;

/**
 * Whether both texts are of a length that GitHub takes. Asked before anything else looks at them: all that
 * follows works on a bounded text.
 */
export function checkLength({ title, body }: Issue): Result<void> {
  if (title.length > MAX_TITLE_LENGTH) return tooLong('title', title.length, MAX_TITLE_LENGTH);
  if (body.length > MAX_BODY_LENGTH) return tooLong('body', body.length, MAX_BODY_LENGTH);
  return ok(undefined);
}

function tooLong(what: string, length: number, limit: number): Result<void> {
  return fail(
    'request-too-long',
    `The issue's ${what} has ${length} characters, and at most ${limit} are read.`,
    `Shorten the ${what}.`,
  );
}
