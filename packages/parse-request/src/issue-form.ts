import { ok, type Result } from '@dtvem/contracts';
import { type Fields, normalise, withoutLeadingV } from './fields.ts';
import { checkPlainAscii } from './plain-ascii.ts';

const NO_RESPONSE = '_no response_';

/**
 * Reads the answers of the issue form: the first paragraph below each of its three headings. Whatever else the
 * body says is no answer. Undefined when the three headings are not all there; fails with `not-plain-ascii`.
 */
export function readForm(body: string): Result<Fields | undefined> {
  const lines = body.split(/\r\n|\n|\r/);
  const runtime = paragraphBelow(lines, '### Runtime');
  const version = paragraphBelow(lines, '### Version');
  const platform = paragraphBelow(lines, '### Platform');
  if (runtime === undefined || version === undefined || platform === undefined) return ok(undefined);

  for (const [name, answer] of Object.entries({ runtime, version, platform })) {
    const plain = checkPlainAscii(answer, `the form's answer about the ${name}`);
    if (!plain.ok) return plain;
  }
  return ok({
    runtime: normaliseAnswer(runtime),
    version: withoutLeadingV(normaliseAnswer(version)),
    platform: normaliseAnswer(platform),
  });
}

function paragraphBelow(lines: readonly string[], heading: string): string | undefined {
  const at = lines.findIndex((line) => line.trimEnd() === heading);
  if (at === -1) return undefined;
  const first = lines.findIndex((line, index) => index > at && line.trim() !== '');
  if (first === -1) return '';
  const end = lines.findIndex(
    (line, index) => index >= first && (line.trim() === '' || line.startsWith('#')),
  );
  return lines.slice(first, end === -1 ? undefined : end).join('\n');
}

function normaliseAnswer(answer: string): string {
  const normalised = normalise(answer);
  return normalised === NO_RESPONSE ? '' : normalised;
}
