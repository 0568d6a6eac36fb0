/** The outputs in a file that an action wrote as `GITHUB_OUTPUT`, read as the runner reads it. */
export function parseOutputs(file: string): Readonly<Record<string, string>> {
  const outputs: Record<string, string> = {};
  const lines = file.split('\n');
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    if (line === '') continue;
    const [, name, sign, rest] = /^([^=<]+)(=|<<)(.*)$/.exec(line) ?? [];
    if (name === undefined || rest === undefined)
      throw new Error(`The runner refuses this output line: ${line}`);
    outputs[name] = sign === '=' ? rest : takeHeredoc(lines, rest);
  }
  return outputs;
}

function takeHeredoc(lines: string[], delimiter: string): string {
  const end = lines.indexOf(delimiter);
  if (end === -1) throw new Error(`No line ${delimiter} ends this output.`);
  return lines
    .splice(0, end + 1)
    .slice(0, -1)
    .join('\n');
}
