import * as v from 'valibot';

/** JSON text to a checked value, or the sentence that says where it is wrong. */
export function parseJson<S extends v.GenericSchema>(
  schema: S,
  text: string,
):
  | { readonly ok: true; readonly value: v.InferOutput<S> }
  | { readonly ok: false; readonly message: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, message: 'it is not JSON' };
  }
  const parsed = v.safeParse(schema, json);
  return parsed.success
    ? { ok: true, value: parsed.output }
    : { ok: false, message: describeIssues(parsed.issues) };
}

function describeIssues(issues: readonly v.GenericIssue[]): string {
  return issues
    .slice(0, 3)
    .map((issue) => [v.getDotPath(issue), issue.message].filter((part) => part !== null).join(': '))
    .join('; ');
}
