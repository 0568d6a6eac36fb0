/** `{name}` becomes the variable's text; a word that is `{name...}` becomes one word for each of its parts. */
export function fillIn(word: string, variables: Readonly<Record<string, string>>): string {
  return word.replace(/\{([a-zA-Z]+)\}/g, (_, name: string) => variableNamed(name, variables));
}

/** The words of a command with its variables filled in. Throws on a variable that nobody set: a fault in the recipe. */
export function fillInWords(
  words: readonly [string, ...string[]],
  variables: Readonly<Record<string, string>>,
): readonly [string, ...string[]] {
  const [program, ...rest] = words;
  return [fillIn(program, variables), ...rest.flatMap((word) => expand(word, variables))];
}

function expand(word: string, variables: Readonly<Record<string, string>>): readonly string[] {
  const spread = /^\{([a-zA-Z]+)\.\.\.\}$/.exec(word)?.[1];
  return spread === undefined ? [fillIn(word, variables)] : variableNamed(spread, variables).split(' ');
}

function variableNamed(name: string, variables: Readonly<Record<string, string>>): string {
  const value = variables[name];
  if (value === undefined) throw new Error(`a recipe uses the variable {${name}}, which is not set`);
  return value;
}
