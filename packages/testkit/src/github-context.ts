/** The token that a job of this harness has, and that the fake GitHub accepts. */
export const TOKEN_OF_JOB = 'token-of-this-job';

/** What expressions in the defaults of action.yml may refer to. */
export type GitHubContext = { readonly token: string; readonly repository: string; readonly event: unknown };

/** The default of an input with its expression, if it is one, replaced by what a workflow would see. */
export function inputDefault(text: string, github: GitHubContext): string {
  return text.replaceAll(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => evaluate(expression, github));
}

function evaluate(expression: string, github: GitHubContext): string {
  if (!/^github(?:\.\w+)+$/.test(expression))
    throw new Error(`This harness cannot evaluate \${{ ${expression} }}.`);
  const value = expression.split('.').slice(1).reduce<unknown>(property, github);
  return value === undefined || value === null ? '' : String(value);
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}
