import { fail, ok, type Result } from '@dtvem/contracts';

/** All but printable ASCII, tabs and line breaks. */
const FOREIGN = /[^\t\n\r -~]/u;
const PRINTABLE = /^[\p{L}\p{N}\p{P}\p{S}]$/u;

/**
 * Refuses what only looks like a request: a dash, a space or a letter from elsewhere. `where` ends the sentence
 * "... in the title".
 */
export function checkPlainAscii(text: string, where: string): Result<void> {
  const found = FOREIGN.exec(text);
  if (found === null) return ok(undefined);
  const position = [...text.slice(0, found.index)].length + 1;
  return fail(
    'not-plain-ascii',
    `Character ${position} in ${where} is ${name(found[0])}, and only plain ASCII characters are taken.`,
    'Type it again with plain letters, digits, spaces, dots and hyphens.',
  );
}

/** `U+2013 (–)`; the character itself only where it can be seen and does nothing to the text around it. */
function name(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return PRINTABLE.test(character) ? `U+${code} (${character})` : `U+${code}`;
}
