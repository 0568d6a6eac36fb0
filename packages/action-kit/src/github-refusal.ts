import type { Problem } from '@dtvem/contracts';
import type { GitHubCall } from './github-call.ts';

/** An answer of GitHub that is no success, or 500 when there was none. */
export type Refusal = {
  readonly status: number;
  readonly message: string;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
};

export function isRateLimit(refusal: Refusal): boolean {
  if (refusal.status === 429) return true;
  return (
    refusal.status === 403 && (secondsAskedFor(refusal) !== undefined || /rate limit/i.test(refusal.message))
  );
}

/** How long GitHub wants to be left alone, in whole seconds; undefined when it does not say. */
export function secondsAskedFor({ headers }: Refusal): number | undefined {
  const { 'retry-after': retryAfter, 'x-ratelimit-remaining': left, 'x-ratelimit-reset': reset } = headers;
  if (retryAfter !== undefined) return Math.max(1, Number(retryAfter)) || undefined;
  if (left !== '0' || reset === undefined) return undefined;
  return Math.max(1, Math.ceil(Number(reset) - Date.now() / 1000));
}

/** The problem that a refused call leaves: what GitHub did not do, why, and what mends it. */
export function describeRefusal({ what, permission }: GitHubCall, refusal: Refusal): Problem {
  const { status, message } = refusal;
  const says = (why: string) => `GitHub did not ${what}: ${why}.`;
  if (isRateLimit(refusal)) {
    return {
      code: 'github-unavailable',
      message: says(`its rate limit is used up (${message})`),
      next: LATER,
    };
  }
  if (status >= 500) {
    return {
      code: 'github-unavailable',
      message: says(`it failed or could not be reached (${message})`),
      next: LATER,
    };
  }
  switch (status) {
    case 401:
      return { code: 'github-denied', message: says('the token is not valid'), next: NEW_TOKEN };
    case 403:
      return /locked/i.test(message)
        ? {
            code: 'github-denied',
            message: says('the issue is locked'),
            next: 'Unlock the issue and run the job again.',
          }
        : {
            code: 'github-denied',
            message: says(`the token may not (${message})`),
            next: addPermission(permission),
          };
    case 301:
      return {
        code: 'github-not-found',
        message: says('the issue was moved to another repository'),
        next: ANSWER_THERE,
      };
    case 404:
      return {
        code: 'github-not-found',
        message: says('it does not exist, or the token may not see it'),
        next: CHECK_PLACE,
      };
    case 410:
      return { code: 'github-not-found', message: says('the issue was deleted'), next: CHECK_PLACE };
    default:
      return {
        code: 'github-rejected',
        message: says(`it answered ${status} (${message})`),
        next: REPORT_IT,
      };
  }
}

function addPermission(permission: string): string {
  return `Add \`${permission}\` to the \`permissions:\` of the job; a workflow that a fork started never gets it.`;
}

const LATER = 'Run the job again in some minutes; githubstatus.com tells whether GitHub has an incident.';
const NEW_TOKEN = "Give the action a token that has not expired; a job's own token ends with the job.";
const ANSWER_THERE = 'Answer the request by hand where the issue is now.';
const CHECK_PLACE =
  'Check the repository and the number of the issue, and that the token belongs to that repository.';
const REPORT_IT = 'Read what GitHub says; when it names a field, report this as a bug.';
