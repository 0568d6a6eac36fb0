// Cuts the operations that this project uses out of GitHub's own OpenAPI description (@octokit/openapi, pinned in
// package.json) into fixtures/github-contract.json. To be run by hand after an update, or with `--check`.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { toJsonSchema } from './to-json-schema.ts';

const OPERATIONS = [
  'issues/list-comments',
  'issues/create-comment',
  'issues/update-comment',
  'issues/add-labels',
  'issues/remove-label',
  'issues/update',
];

const schema = v.record(v.string(), v.unknown());
const reference = v.object({ $ref: v.string() });
const content = v.optional(v.object({ 'application/json': v.optional(v.object({ schema })) }));
const parameter = v.object({ name: v.string(), in: v.string(), required: v.optional(v.boolean()), schema });
const response = v.object({ content });
const operation = v.object({
  operationId: v.string(),
  parameters: v.optional(v.array(v.union([reference, parameter])), []),
  requestBody: v.optional(v.object({ content })),
  responses: v.record(v.string(), v.union([reference, response])),
});
const descriptionSchema = v.object({
  paths: v.record(v.string(), v.record(v.string(), operation)),
  components: v.object({
    schemas: v.record(v.string(), schema),
    parameters: v.record(v.string(), parameter),
    responses: v.record(v.string(), response),
  }),
});

const source = fileURLToPath(import.meta.resolve('@octokit/openapi/generated/api.github.com.json'));
const { paths, components } = v.parse(descriptionSchema, JSON.parse(await readFile(source, 'utf8')));

function cut(id: string) {
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, found] of Object.entries(methods)) {
      if (found.operationId === id) return describe(method, path, found);
    }
  }
  throw new Error(`GitHub's description has no operation ${id}.`);
}

function describe(method: string, path: string, found: v.InferOutput<typeof operation>) {
  const parameters = found.parameters.map((given) =>
    '$ref' in given ? named(components.parameters, given.$ref) : given,
  );
  const responses = Object.entries(found.responses).map(([status, given]) => {
    const { content: answer } = '$ref' in given ? named(components.responses, given.$ref) : given;
    return [status, convert(answer?.['application/json']?.schema)];
  });
  return {
    id: found.operationId,
    method: method.toUpperCase(),
    path,
    parameters: parameters.map(({ name, in: place, required = false, schema: type }) => ({
      name,
      in: place,
      required,
      schema: toJsonSchema(type),
    })),
    body: convert(found.requestBody?.content?.['application/json']?.schema),
    responses: Object.fromEntries(responses),
  };
}

function named<T>(map: Readonly<Record<string, T>>, ref: string): T {
  const found = map[ref.split('/').at(-1) ?? ''];
  if (found === undefined) throw new Error(`GitHub's description refers to ${ref}, which it lacks.`);
  return found;
}

function convert(given: v.InferOutput<typeof schema> | undefined) {
  return given === undefined ? true : toJsonSchema(given);
}

/** The schemas that `value` refers to, and those that they refer to. */
function definitionsFor(value: unknown, found = new Map<string, unknown>()): ReadonlyMap<string, unknown> {
  for (const [, name] of JSON.stringify(value).matchAll(/"github#\/definitions\/([^"]+)"/g)) {
    if (name === undefined || found.has(name)) continue;
    const definition = toJsonSchema(named(components.schemas, name));
    found.set(name, definition);
    definitionsFor(definition, found);
  }
  return found;
}

const operations = OPERATIONS.map(cut);
const definitions = Object.fromEntries([...definitionsFor(operations)].sort(([a], [b]) => (a < b ? -1 : 1)));
const text = `${JSON.stringify({ operations, definitions }, null, 1)}\n`;
const target = `${import.meta.dirname}/../fixtures/github-contract.json`;
if (!process.argv.includes('--check')) await writeFile(target, text);
else if (text !== (await readFile(target, 'utf8')))
  throw new Error('fixtures/github-contract.json is not what this script makes.');
