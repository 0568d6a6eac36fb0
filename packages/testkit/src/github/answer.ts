import { TOKEN_OF_JOB } from '../github-context.ts';
import type { GitHubContract, KnownRequest } from './contract.ts';
import { type Answer, invalid, NOT_FOUND, OPERATIONS, READING, type Scene } from './operations.ts';

export const REPOSITORY = 'dtvem/requests';

export type Sender = {
  readonly authorization: string | undefined;
  readonly body: unknown;
  readonly mayWrite: boolean;
};

/** What GitHub itself answers: first who asks, then whether the thing exists, then the work. */
export function answerAsGitHub(
  scene: Scene,
  { operation, parameters, faults }: KnownRequest,
  { authorization, body, mayWrite }: Sender,
): Answer {
  const { owner, repo, issue_number: number = String(scene.issue.number) } = parameters;
  if (authorization !== `Bearer ${TOKEN_OF_JOB}`)
    return { status: 401, body: { message: 'Bad credentials' } };
  if (`${owner}/${repo}` !== REPOSITORY || Number(number) !== scene.issue.number) return NOT_FOUND;
  if (!mayWrite && !READING.includes(operation)) return denied('Resource not accessible by integration');
  if (scene.issue.locked && operation === 'issues/create-comment') {
    return denied('Unable to create comment because issue is locked.');
  }
  if (faults.length > 0) return invalid(faults.join('; '));
  return OPERATIONS[operation]?.(scene, { parameters, body }) ?? NOT_FOUND;
}

function denied(message: string): Answer {
  return { status: 403, body: { message, documentation_url: 'https://docs.github.com/rest' } };
}

/** GitHub documents no 401, 5xx or rate limit, and not every 403 and 404; a success must be a documented one. */
export function answerFaults(
  contract: GitHubContract,
  operation: string,
  { status, body }: Answer,
): readonly string[] {
  const faults = contract.responseFaults(operation, status, body);
  if (faults !== undefined) return faults.map((fault) => `${operation}: ${fault}`);
  return status < 300 ? [`${operation} never answers ${status}`] : [];
}
