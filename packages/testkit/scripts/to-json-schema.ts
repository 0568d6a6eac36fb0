import * as v from 'valibot';

const objectSchema = v.record(v.string(), v.unknown());

/** Keywords whose values are copied; those that only speak to people (descriptions, examples) are left out. */
const PLAIN = [
  'type',
  'enum',
  'format',
  'pattern',
  'required',
  'minItems',
  'maxItems',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
];
const LISTS = ['allOf', 'anyOf', 'oneOf'];
const SINGLE = ['items', 'additionalProperties', 'not'];

/** A schema of OpenAPI 3.0 as JSON schema: `nullable` becomes a type, and references point into `github#`. */
export function toJsonSchema(openApi: unknown): unknown {
  if (typeof openApi === 'boolean') return openApi;
  const given = v.parse(objectSchema, openApi);
  if (typeof given['$ref'] === 'string') {
    return { $ref: given['$ref'].replace('#/components/schemas/', 'github#/definitions/') };
  }
  const schema = Object.fromEntries(Object.entries(given).flatMap(convertKeyword));
  return given['nullable'] === true ? { anyOf: [schema, { type: 'null' }] } : schema;
}

function convertKeyword([keyword, value]: [string, unknown]): [string, unknown][] {
  if (PLAIN.includes(keyword)) return [[keyword, value]];
  if (SINGLE.includes(keyword)) return [[keyword, toJsonSchema(value)]];
  if (LISTS.includes(keyword)) return [[keyword, v.parse(v.array(v.unknown()), value).map(toJsonSchema)]];
  if (keyword !== 'properties') return [];
  const properties = Object.entries(v.parse(objectSchema, value));
  return [[keyword, Object.fromEntries(properties.map(([name, schema]) => [name, toJsonSchema(schema)]))]];
}
