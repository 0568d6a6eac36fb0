/**
 * The lines that set outputs in the file `GITHUB_OUTPUT`. Values are written as heredocs whose random delimiter
 * no value can know.
 */
export function printOutputs(outputs: ReadonlyMap<string, string>, randomToken: () => string): string {
  return [...outputs].map(([name, value]) => printOutput(name, value, randomToken())).join('');
}

function printOutput(name: string, value: string, token: string): string {
  const delimiter = `end-${token}`;
  return `${name}<<${delimiter}\n${value.replaceAll(delimiter, '')}\n${delimiter}\n`;
}
