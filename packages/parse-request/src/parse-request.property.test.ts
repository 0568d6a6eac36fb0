import { listVersions } from '@dtvem/catalog';
import { failureKind, PLATFORMS, printTitle, RUNTIMES } from '@dtvem/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_BODY_LENGTH, MAX_TITLE_LENGTH } from './issue.ts';
import { parseRequest } from './parse-request.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 400 });
/** Text made of what the parser looks for, so that it gets past the first checks. */
const likelyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'build(',
        ')',
        ':',
        ' ',
        'python',
        'v',
        '3.13.5',
        '.',
        '-',
        'linux-amd64',
        '{version}',
        '*',
      ),
      fc.constantFrom('### Runtime', '### Version', '### Platform', '\n', '\r\n', '_No response_', '\t', '#'),
      fc.string({ unit: 'grapheme-ascii', maxLength: 5 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));
const text = fc.oneof(anyText, likelyText);

describe('parseRequest', () => {
  it('gives a request or a reason for any text at all', () => {
    fc.assert(
      fc.property(text, text, (title, body) => {
        const parsed = parseRequest({ title, body });
        if (!parsed.ok) expect(failureKind(parsed.problem.code)).toBe('request');
      }),
      { numRuns: 2000 },
    );
  });

  it('says the same again when the spaces and the case differ', () => {
    const space = fc.constantFrom(' ', '  ', '\t', ' \n ');
    fc.assert(
      fc.property(likelyText, space, (title, blank) => {
        const other = ` ${title.toUpperCase()} `.replaceAll(' ', blank);
        fc.pre(other.length <= MAX_TITLE_LENGTH);
        expect(parseRequest({ title: other, body: '' })).toEqual(parseRequest({ title, body: '' }));
      }),
    );
  });

  it('reads back every request that can be printed', () => {
    for (const runtime of RUNTIMES) {
      for (const platform of PLATFORMS) {
        for (const version of listVersions(runtime)) {
          const request = { schemaVersion: 1, runtime, version, platform } as const;
          const parsed = parseRequest({ title: printTitle(request), body: '' });
          if (parsed.ok) expect(parsed.value).toEqual(request);
          else expect(parsed.problem.code).toMatch(/^(?:version-not-buildable|platform-not-supported)$/);
        }
      }
    }
  });
});

/**
 * Time grows with the length at most: nothing looks at a text before its length is known to be bounded, and what
 * makes slow patterns slow (long runs of what they repeat) answers within the bounds.
 */
describe('a long text', () => {
  it.each([10_000, 100_000, 1_000_000])('of %i characters is refused by its length alone', (length) => {
    const never = { title: 'build(python): 3.13.5 linux-amd64', body: '' };
    const long = 'é'.repeat(length);
    expect(parseRequest({ ...never, title: long })).toMatchObject({ problem: { code: 'request-too-long' } });
    const body = '\n'.repeat(MAX_BODY_LENGTH + length);
    expect(parseRequest({ ...never, body })).toMatchObject({ problem: { code: 'request-too-long' } });
  });

  it.each([' ', '\n', '\r', '#', '### Runtime\n', '### Version\n\n', 'v', '(', '_', '3.'])(
    'of nothing but %j is read to its end',
    (unit) => {
      const fill = (length: number) => unit.repeat(Math.floor(length / unit.length));
      for (const title of [fill(MAX_TITLE_LENGTH), `build(${fill(200)}`, `build(python): ${fill(200)}`]) {
        expect(parseRequest({ title, body: fill(MAX_BODY_LENGTH) }).ok).toBe(false);
      }
      const rest = fill(MAX_BODY_LENGTH - 100);
      const body = `### Runtime\n\npython\n\n### Version\n\n${rest}\n\n### Platform\n\nlinux-amd64`;
      expect(parseRequest({ title: 'build({runtime}): {version} {platform}', body }).ok).toBe(false);
    },
  );
});
