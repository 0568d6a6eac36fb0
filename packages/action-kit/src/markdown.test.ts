import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { expect, test } from 'vitest';
import { codeBlock, codeSpan, folded, inlineText, link, table } from './markdown.ts';

function html(markdown: string): string {
  return micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
}

/** What a reader sees of HTML that holds no tags but these. */
function seen(rendered: string): string {
  return rendered
    .replaceAll('\u200B', '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

/** Strings made of what Markdown, HTML and GitHub give a meaning to. */
const nasty = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...'`*_~[]()<>!#-+=|\\&:;/.$@"\'{}^ \n\t\r',
        '@you',
        '#1',
        'GH-12',
        'o/r#3',
        'https://x.io/a',
        'www.x.io',
        'a@b.io',
        '<img src=x>',
        '</details>',
        '<!--',
        '```',
        '~~~',
        '![i](u)',
        '1. ',
        '- [x] ',
        '&amp;',
        '&#35;',
        '---',
        '===',
        '[^1]',
        '\u202E',
        '\u0000',
        '\u001B[31m',
      ),
      fc.string({ maxLength: 5 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

const unseen = /[\p{Cc}\p{Cf}]/u;

test('text of others is rendered as just that text', () => {
  fc.assert(
    fc.property(
      nasty.filter((text) => !unseen.test(text.replace(/\s/g, ''))),
      (text) => {
        const line = text.replace(/\s+/g, ' ').trim();
        fc.pre(line !== '');
        expect(seen(html(`x ${inlineText(text)}`))).toBe(`<p>x ${line}</p>`);
        expect(seen(html(inlineText(text)))).toBe(`<p>${line}</p>`);
      },
    ),
    { numRuns: 1000 },
  );
});

test('text of others names nobody and refers to nothing', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      expect(html(inlineText(text)).replace(/&(?:amp|lt|gt|quot|#\d+);/g, ' ')).not.toMatch(
        /@\w|#\d|GH-\d|:\/\/|www\./i,
      );
    }),
    { numRuns: 1000 },
  );
});

test('characters that hide or reorder text are shown as such', () => {
  expect(inlineText('a\u202Eb\u0007c\u200Bd\u001B[31me')).toBe('a\uFFFDb\uFFFDc\uFFFDde');
});

test('long text is cut', () => {
  expect(inlineText('x'.repeat(50), 10)).toBe(`${'x'.repeat(9)}…`);
});

test('names and versions stay as they are', () => {
  expect(inlineText('3.13.55 does not exist: test_generators, --with-lto (gcc 12)')).toBe(
    '3.13.55 does not exist: test_generators, --with-lto (gcc 12)',
  );
});

test('nothing inside a code block or span ends it', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const block = html(`${codeBlock(text)}\n\nafter`);
      expect(block.match(/<pre>/g)).toHaveLength(1);
      expect(block.replace(/<pre><code class="language-text">[^<]*<\/code><\/pre>/, '').trim()).toBe(
        '<p>after</p>',
      );
    }),
    { numRuns: 300 },
  );
  fc.assert(
    fc.property(nasty, (text) => {
      expect(html(`before ${codeSpan(text)} after`)).toMatch(/^<p>before <code>[^<]*<\/code> after<\/p>$/);
    }),
    { numRuns: 1000 },
  );
});

test('code in a fold stays in the fold', () => {
  const rendered = html(`${folded('Log', codeBlock('</details>\n```\n<b>'))}\n\nafter`);
  expect(rendered).toContain('&lt;/details&gt;\n```\n&lt;b&gt;');
  expect(rendered.match(/<\/details>/g)).toHaveLength(1);
});

test('only addresses of web pages become links', () => {
  expect(html(link('here', 'https://x.io/a b>(c)'))).toBe(
    '<p><a href="https://x.io/a%20b%3E(c)">here</a></p>',
  );
  expect(link('here', 'javascript:alert(1)')).toBe('`javascript:alert(1)`');
  expect(link('here', 'out/build.log')).toBe('`out/build.log`');
});

test('a cell of a table holds any text', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const rendered = html(table(['a', 'b'], [[inlineText(text), 'end']]));
      expect(rendered.match(/<td>/g)).toHaveLength(2);
      expect(rendered).toContain('<td>end</td>');
    }),
    { numRuns: 1000 },
  );
});
