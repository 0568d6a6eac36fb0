import * as v from 'valibot';
import { renderComment, renderIssue, renderLabel } from './render.ts';
import type { FakeIssue } from './state.ts';

export type Answer = {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** What an operation works on. `login` is the account that the token belongs to. */
export type Scene = { readonly issue: FakeIssue; readonly login: string; readonly base: string };
type Call = { readonly parameters: Readonly<Record<string, string>>; readonly body: unknown };
type Operation = (scene: Scene, call: Call) => Answer;

/** Operations that only read, and so need no permission to write. */
export const READING = ['issues/list-comments'];

/** What GitHub does for each operation of the contract, as far as this project can tell the difference. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  'issues/list-comments': ({ issue, base }, { parameters }) => {
    const size = Number(parameters['per_page'] ?? 30);
    const start = (Number(parameters['page'] ?? 1) - 1) * size;
    const page = issue.comments.slice(start, start + size);
    return { status: 200, body: page.map((comment) => renderComment(comment, issue, base)) };
  },
  'issues/create-comment': ({ issue, login, base }, { body }) => {
    const comment = { id: 1000 + issue.comments.length, body: textOf(body), author: login };
    if (comment.body.length > 65_536) return invalid('body is too long (maximum is 65536 characters)');
    issue.comments.push(comment);
    return { status: 201, body: renderComment(comment, issue, base) };
  },
  'issues/update-comment': ({ issue, base }, { parameters, body }) => {
    const comment = issue.comments.find(({ id }) => id === Number(parameters['comment_id']));
    if (comment === undefined) return NOT_FOUND;
    comment.body = textOf(body);
    return { status: 200, body: renderComment(comment, issue, base) };
  },
  'issues/add-labels': ({ issue, base }, { body }) => {
    const { labels } = v.parse(v.object({ labels: v.array(v.string()) }), body);
    issue.labels = [...new Set([...issue.labels, ...labels])];
    return { status: 200, body: issue.labels.map((name) => renderLabel(name, base)) };
  },
  'issues/remove-label': ({ issue, base }, { parameters }) => {
    if (!issue.labels.includes(parameters['name'] ?? ''))
      return { status: 404, body: { message: 'Label does not exist' } };
    issue.labels = issue.labels.filter((name) => name !== parameters['name']);
    return { status: 200, body: issue.labels.map((name) => renderLabel(name, base)) };
  },
  'issues/update': ({ issue, base }, { body }) => {
    const { state, state_reason: reason } = v.parse(updateSchema, body);
    if (issue.state !== state) issue.stateReason = reason;
    issue.state = state;
    return { status: 200, body: renderIssue(issue, base) };
  },
};

export const NOT_FOUND: Answer = { status: 404, body: { message: 'Not Found' } };

const updateSchema = v.object({
  state: v.picklist(['open', 'closed']),
  state_reason: v.picklist(['completed', 'not_planned']),
});

function textOf(body: unknown): string {
  return v.parse(v.object({ body: v.string() }), body).body;
}

export function invalid(message: string): Answer {
  return {
    status: 422,
    body: { message: `Validation Failed: ${message}`, documentation_url: 'https://docs.github.com/rest' },
  };
}
