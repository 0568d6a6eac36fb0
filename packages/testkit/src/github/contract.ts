import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import * as v from 'valibot';

const schema = v.union([v.boolean(), v.record(v.string(), v.unknown())]);
const contractSchema = v.object({
  operations: v.array(
    v.object({
      id: v.string(),
      method: v.string(),
      path: v.string(),
      parameters: v.array(v.object({ name: v.string(), in: v.picklist(['path', 'query']), schema })),
      body: schema,
      responses: v.record(v.string(), schema),
    }),
  ),
  definitions: v.record(v.string(), schema),
});
type Operation = v.InferOutput<typeof contractSchema>['operations'][number];

/** A request that GitHub's own description knows. */
export type KnownRequest = {
  readonly operation: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** What is wrong with the request; empty when GitHub would take it. */
  readonly faults: readonly string[];
};

/** GitHub's description of the operations that this project uses; scripts/slice-github-contract.ts makes it. */
export type GitHubContract = {
  /** The operation that a request names, or undefined when this project uses no such one. */
  recognise(method: string, url: URL, body: unknown): KnownRequest | undefined;
  /** What is wrong with an answer; undefined where the description does not list that status. */
  responseFaults(operation: string, status: number, body: unknown): readonly string[] | undefined;
};

export function readGitHubContract(): GitHubContract {
  const file = `${import.meta.dirname}/../../fixtures/github-contract.json`;
  const { operations, definitions } = v.parse(contractSchema, JSON.parse(readFileSync(file, 'utf8')));
  const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: false });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'github', definitions });
  const checks = new Map<unknown, ValidateFunction>();

  function faultsOf(given: Operation['body'], value: unknown, what: string): readonly string[] {
    const check = checks.get(given) ?? ajv.compile(given);
    checks.set(given, check);
    if (check(value)) return [];
    return (check.errors ?? []).map(
      ({ instancePath, message }) => `${what}${instancePath} ${message ?? 'is wrong'}`,
    );
  }

  return {
    recognise(method, url, body) {
      for (const operation of operations) {
        const path = operation.method === method ? matchPath(operation.path, url.pathname) : undefined;
        if (path === undefined) continue;
        const parameters = { ...path, ...Object.fromEntries(url.searchParams) };
        const unknown = Object.keys(parameters).filter(
          (name) => !operation.parameters.some((known) => known.name === name),
        );
        const faults = [
          ...unknown.map((name) => `${name} is no parameter of ${operation.id}`),
          ...operation.parameters.flatMap(({ name, schema: type }) =>
            name in parameters ? faultsOf(type, typed(parameters[name]), name) : [],
          ),
          ...faultsOf(operation.body, body, 'body'),
        ];
        return { operation: operation.id, parameters, faults };
      }
      return undefined;
    },
    responseFaults(id, status, body) {
      const expected = operations.find((operation) => operation.id === id)?.responses[status];
      return expected === undefined ? undefined : faultsOf(expected, body, `answer ${status}`);
    },
  };
}

/** `{owner}` and the like in a path's template, with the text that stands there. */
function matchPath(template: string, path: string): Readonly<Record<string, string>> | undefined {
  const [wanted, given] = [template.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;
  const names = wanted.flatMap((part, at) =>
    part.startsWith('{') ? [[part.slice(1, -1), decodeURIComponent(given[at] ?? '')]] : [],
  );
  return wanted.every((part, at) => part.startsWith('{') || part === given[at])
    ? Object.fromEntries(names)
    : undefined;
}

function typed(text: string | undefined): unknown {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : text;
}
