import { stripVTControlCharacters } from 'node:util';

/** One command line for the runner, such as `::error title=x::what happened`, with everything in it escaped. */
export function logCommand(
  name: string,
  properties: Readonly<Record<string, string>>,
  message: string,
): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${[name, list.join(',')].filter((part) => part !== '').join(' ')}::${escapeData(message)}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/**
 * One line of the log that the runner cannot take for a command: no line breaks, no escape sequences, never
 * `::` at its start, and no `##[`, which the runner obeys anywhere in a line.
 */
export function plainLine(text: string): string {
  const oneLine = stripVTControlCharacters(text).replace(/\s+/g, ' ').replaceAll('##[', '## [').trim();
  return `${oneLine.startsWith('::') ? `\u200B${oneLine}` : oneLine}\n`;
}

/** Lines that others wrote, as they are, while the runner obeys no command: `token` must be random. */
export function withCommandsStopped(text: string, token: string): string {
  return `::stop-commands::${token}\n${text.replaceAll(token, '')}\n::${token}::\n`;
}
