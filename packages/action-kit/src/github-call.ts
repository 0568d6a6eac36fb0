import { setTimeout } from 'node:timers/promises';
import { ok, type Report, type Result } from '@dtvem/contracts';
import { request } from '@octokit/request';
import { RequestError } from '@octokit/request-error';
import * as v from 'valibot';
import type { GitHubAccess } from './github-port.ts';
import { describeRefusal, isRateLimit, type Refusal, secondsAskedFor } from './github-refusal.ts';
import { INTERRUPTED } from './interruption.ts';

export type GitHubConnection = {
  /** Address of the REST API; undefined is the public one. */
  readonly baseUrl: string | undefined;
  readonly report: Report;
  readonly signal: AbortSignal;
};

export type GitHubCall = {
  readonly route: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What it is for, as its problem tells it: `GitHub did not <what>`. */
  readonly what: string;
  /** The line that a job's `permissions:` must hold. */
  readonly permission: 'issues: read' | 'issues: write';
  /** Whether sending it again after an answer that says nothing cannot do the thing twice. */
  readonly repeatable: boolean;
};

type Caller = <S extends v.GenericSchema>(call: GitHubCall, answer: S) => Promise<Result<v.InferOutput<S>>>;

const ATTEMPTS = 4;
const SECONDS_FOR_AN_ANSWER = 30;
/** GitHub asks for this wait after a secondary rate limit that names none. */
const SECONDS_AFTER_RATE_LIMIT = 60;
/** A limit that lasts longer would hold a runner for nothing. */
const MOST_SECONDS_TO_WAIT = 120;

/** Sends calls until GitHub answers them, and turns its refusals into problems. */
export function gitHubCaller({ token }: GitHubAccess, { baseUrl, report, signal }: GitHubConnection): Caller {
  const send = request.defaults({
    ...(baseUrl === undefined ? {} : { baseUrl }),
    headers: { authorization: `Bearer ${token}`, 'x-github-api-version': '2022-11-28' },
  });

  async function attempt<S extends v.GenericSchema>(
    call: GitHubCall,
    schema: S,
    count: number,
  ): Promise<Result<v.InferOutput<S>>> {
    const answer = await sendOnce(call);
    const parsed = answer.ok ? v.safeParse(schema, answer.value) : undefined;
    if (parsed?.success) return ok(parsed.output);
    const refusal = answer.ok ? CUT_SHORT : answer.refusal;
    const seconds = count < ATTEMPTS ? secondsToWait(refusal, call, count) : undefined;
    if (seconds === undefined) return { ok: false, problem: describeRefusal(call, refusal) };
    report({ kind: 'doing', text: `GitHub answered ${refusal.status}; asking again in ${seconds} s` });
    await setTimeout(seconds * 1000, undefined, { signal });
    return attempt(call, schema, count + 1);
  }

  async function sendOnce({ route, parameters }: GitHubCall): Promise<Answer> {
    const limits = AbortSignal.any([signal, AbortSignal.timeout(SECONDS_FOR_AN_ANSWER * 1000)]);
    try {
      // A moved issue answers with a redirect, which `fetch` would follow as another request than the one sent.
      const { status, data } = await send(route, {
        ...parameters,
        request: { redirect: 'manual', signal: limits },
      });
      return status < 300
        ? { ok: true, value: data }
        : { ok: false, refusal: { status, message: 'moved', headers: {} } };
    } catch (error) {
      if (signal.aborted || !(error instanceof RequestError)) throw error;
      const { status, message, response } = error;
      return { ok: false, refusal: { status, message, headers: response?.headers ?? {} } };
    }
  }

  return (call, schema) =>
    attempt(call, schema, 1).catch((error: unknown) => {
      if (signal.aborted) return { ok: false, problem: INTERRUPTED };
      throw error;
    });
}

type Answer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly refusal: Refusal };

/** A success whose body is not what GitHub describes: the connection ended in the middle of it. */
const CUT_SHORT: Refusal = { status: 502, message: 'its answer was cut short', headers: {} };

/** Seconds until it is worth asking again, or undefined when it is not. */
function secondsToWait(refusal: Refusal, { repeatable }: GitHubCall, count: number): number | undefined {
  if (isRateLimit(refusal)) {
    const seconds = secondsAskedFor(refusal) ?? SECONDS_AFTER_RATE_LIMIT;
    return seconds <= MOST_SECONDS_TO_WAIT ? seconds : undefined;
  }
  return refusal.status >= 500 && repeatable ? 3 ** (count - 1) : undefined;
}
