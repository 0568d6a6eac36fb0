import { stripVTControlCharacters } from 'node:util';

/** Control characters, and those that reorder or hide the text around them; line breaks and tabs stay. */
const UNSEEN = /(?![\n\t])[\p{Cc}\p{Cf}]/gu;

/** Shows nothing, and keeps GitHub from seeing a mention, a reference or a link in the text around it. */
const BREAK = '&#8203;';

/**
 * Text that others wrote as one line of Markdown which shows just that text: no markup, HTML, links, mentions
 * or references. Cut at `limit` characters.
 */
export function inlineText(text: string, limit = 1000): string {
  return shorten(
    visible(text.slice(0, 4 * limit))
      .replace(/\s+/g, ' ')
      .trim(),
    limit,
  )
    .replace(/[\\`*[\]~|]|_(?![A-Za-z0-9])|(?<![A-Za-z0-9])_|^[#+=-]/g, '\\$&')
    .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/@|#(?=\d)|GH-(?=\d)|:(?=\/\/)|www(?=\.)/gi, `$&${BREAK}`)
    .replaceAll('$', '&#36;');
}

/** Text that others wrote as code within a line. */
export function codeSpan(text: string): string {
  const line = visible(text).replace(/\s+/g, ' ').trim();
  const fence = '`'.repeat(longestRun(line) + 1);
  const pad = line === '' || line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Text that others wrote as a block of code that nothing in it can end. */
export function codeBlock(text: string, language = 'text'): string {
  const block = visible(text);
  const fence = '`'.repeat(Math.max(3, longestRun(block) + 1));
  return `${fence}${language}\n${block.replace(/\n+$/, '')}\n${fence}`;
}

/** Markdown that opens on a click. The title is ours, never that of others. */
export function folded(title: string, markdown: string): string {
  return `<details><summary>${title}</summary>\n\n${markdown}\n\n</details>`;
}

/** A link when the address is one that a browser may open, else the address as code. */
export function link(title: string, address: string): string {
  const url = URL.parse(address);
  return url?.protocol === 'https:' || url?.protocol === 'http:'
    ? `[${title}](<${url.href}>)`
    : codeSpan(address);
}

/** A table whose cells are Markdown already, without line breaks. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function visible(text: string): string {
  return stripVTControlCharacters(text).replace(/\r\n?/g, '\n').replace(UNSEEN, '\uFFFD').toWellFormed();
}

function shorten(text: string, limit: number): string {
  return text.length <= limit
    ? text
    : `${text
        .slice(0, limit - 1)
        .toWellFormed()
        .trimEnd()}…`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
