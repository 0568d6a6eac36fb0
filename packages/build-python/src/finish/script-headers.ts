/** A first line that names an interpreter by its path, in either of the two forms that installers write. */
const HEADER = /^(?:#!\S*\/python[\d.]*[^\n]*\n|#!\/bin\/sh\n'''exec' [^\n]*\n' '''\n)/;

/**
 * A script that finds its interpreter from where it stands itself, through symbolic links and with any character in
 * the path; undefined when the text is no Python script. `toPython` leads from the script's folder to the interpreter
 * (`python3.13`, `../../../bin/python3.13`). The first lines are sh and, as a string, nothing to Python.
 */
export function relocatableScript(text: string, toPython: string): string | undefined {
  if (!HEADER.test(text)) return undefined;
  const exec = `'''exec' "$(dirname -- "$(readlink -f -- "$0")")/${toPython}" "$0" "$@"`;
  return text.replace(HEADER, () => `#!/bin/sh\n${exec}\n' '''\n`);
}

/** The `pythonX.Y-config` of a moved tree: upstream's own, which only knows the prefix of the build, asked through Python. */
export function configScript(python: string, configFolder: string): string {
  return `#!/bin/sh
here=$(dirname -- "$(readlink -f -- "$0")")
exec "$here/${python}" "$here/../${configFolder}/python-config.py" "$@"
`;
}
