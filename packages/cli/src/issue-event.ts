import { readFile } from 'node:fs/promises';
import { fail, ok, parseJson, type Result } from '@dtvem/contracts';
import * as v from 'valibot';

/** The two texts of an issue that a request is read from. */
export type IssueText = { readonly title: string; readonly body: string };

const eventSchema = v.object({ issue: v.object({ title: v.string(), body: v.nullish(v.string()) }) });

/** Reads a GitHub `issues` event as a workflow gets it in `GITHUB_EVENT_PATH`. */
export async function readIssueEvent(path: string): Promise<Result<IssueText>> {
  const next = 'Give --event the JSON of a GitHub `issues` event.';
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return fail('input-invalid', `The event file ${path} cannot be read.`, next);
  const event = parseJson(eventSchema, text);
  if (!event.ok)
    return fail('input-invalid', `The event file ${path} is not an issues event: ${event.message}.`, next);
  return ok({ title: event.value.issue.title, body: event.value.issue.body ?? '' });
}
