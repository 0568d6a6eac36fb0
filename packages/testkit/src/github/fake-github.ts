import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { answerAsGitHub, answerFaults, REPOSITORY } from './answer.ts';
import { readGitHubContract } from './contract.ts';
import { type Fault, faultAnswer, faultQueue } from './fault.ts';
import { type Answer, NOT_FOUND } from './operations.ts';
import { approvedIssue, type FakeIssue } from './state.ts';

export type FakeGitHub = {
  /** For `GITHUB_API_URL`. */
  readonly url: string;
  readonly repository: string;
  readonly issue: FakeIssue;
  /** `issues/add-labels 200` and so on, in the order of the calls. */
  readonly calls: readonly string[];
  fail(fault: Fault): void;
  /** Stops; throws when a request or an answer did not match GitHub's own description. */
  close(): Promise<void>;
};

export type FakeGitHubOptions = {
  readonly issue?: Partial<FakeIssue>;
  /** Whether the token may write to issues; true unless told. */
  readonly mayWrite?: boolean;
};

type CutAnswer = Answer & { readonly cut?: boolean | undefined };

/** The account that a job's own token writes as. */
const LOGIN = 'github-actions[bot]';

/** A GitHub with one issue that remembers what is done to it, and holds every call against GitHub's description. */
export async function startFakeGitHub(options: FakeGitHubOptions = {}): Promise<FakeGitHub> {
  const contract = readGitHubContract();
  const issue: FakeIssue = { ...approvedIssue(), ...options.issue };
  const calls: string[] = [];
  const violations: string[] = [];
  const faults = faultQueue();

  async function answer(request: IncomingMessage): Promise<CutAnswer> {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const sent = await text(request);
    const body: unknown = sent === '' ? undefined : JSON.parse(sent);
    const known = contract.recognise(request.method ?? '', url, body);
    if (known === undefined) {
      violations.push(`${request.method} ${url.pathname} is no operation of the contract`);
      return NOT_FOUND;
    }
    const { operation } = known;
    const fault = faults.take(operation);
    const scene = { issue, login: LOGIN, base: `${url.origin}/repos/${REPOSITORY}` };
    const sender = { authorization: request.headers.authorization, body, mayWrite: options.mayWrite ?? true };
    const own = fault === undefined || fault.afterwards ? answerAsGitHub(scene, known, sender) : undefined;
    violations.push(...known.faults.map((wrong) => `${operation}: ${wrong}`));
    if (own !== undefined) violations.push(...answerFaults(contract, operation, own));
    const given = fault === undefined ? own : faultAnswer(fault);
    calls.push(`${operation} ${given?.status}`);
    return { ...(given ?? NOT_FOUND), cut: fault?.cut };
  }

  const server = createServer((request, response) => {
    answer(request).then(
      (given) => send(given, response),
      (error: unknown) => {
        violations.push(String(error));
        response.writeHead(500).end();
      },
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The fake GitHub has no port.');

  return {
    url: `http://127.0.0.1:${address.port}`,
    repository: REPOSITORY,
    issue,
    calls,
    fail: faults.add,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      if (violations.length > 0) throw new Error(`Not as GitHub describes it:\n${violations.join('\n')}`);
    },
  };
}

function send({ status, body, headers, cut = false }: CutAnswer, response: ServerResponse): void {
  const json = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(json),
    ...headers,
  });
  if (cut) response.write(json.slice(0, -5), () => response.destroy());
  else response.end(json);
}
