/** One command that the runner obeyed: `::error title=x::what` is `error`, `{ title: 'x' }`, `what`. */
export type ObeyedCommand = {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
};

/**
 * The commands in a log that the runner obeys, as it finds them: `::` first in a line, `##[` anywhere in one, and
 * nothing between `stop-commands` and its token.
 */
export function obeyedCommands(log: string): readonly ObeyedCommand[] {
  const obeyed: ObeyedCommand[] = [];
  let stoppedBy: string | undefined;
  for (const line of log.split(/\r\n|\r|\n/)) {
    const command = parseCommand(line);
    if (command === undefined) continue;
    if (stoppedBy !== undefined) {
      if (command.name === stoppedBy) stoppedBy = undefined;
    } else if (command.name === 'stop-commands') stoppedBy = command.message;
    else obeyed.push(command);
  }
  return obeyed;
}

function parseCommand(line: string): ObeyedCommand | undefined {
  const match =
    /^\s*::([^\s:]+)(?: (.*?))?::(.*)$/.exec(line) ?? /##\[([^\s\]]+)(?: (.*?))?\](.*)$/.exec(line);
  const [, name, properties = '', message = ''] = match ?? [];
  if (name === undefined) return undefined;
  return { name, properties: parseProperties(properties), message: unescaped(message) };
}

function parseProperties(list: string): Readonly<Record<string, string>> {
  const pairs = list.split(',').map((pair) => pair.split('='));
  return Object.fromEntries(
    pairs.flatMap(([key, value]) => (key && value ? [[key.trim(), unescaped(value)]] : [])),
  );
}

function unescaped(text: string): string {
  return text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%');
}
