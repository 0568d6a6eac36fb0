import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** One answer: an HTTP status with a body, the connection cut, or a body cut in the middle. */
export type Answer = { readonly status: number; readonly body?: string } | 'cut' | 'cut-in-body';

export type Received = Pick<IncomingMessage, 'method' | 'url' | 'headers'> & { readonly body: string };

/** A server that gives the answers in turn, the last one again and again, and keeps what it was sent. */
export async function startCannedServer(answers: readonly Answer[]) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const answer = answers[Math.min(received.length, answers.length - 1)] ?? 'cut';
    const { method, url, headers } = request;
    const body = answer === 'cut' ? '' : await bodyOf(request);
    received.push({ method, url, headers, body });
    give(answer, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    endpoint: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    received,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}

function give(answer: Answer, response: ServerResponse): void {
  if (answer === 'cut') {
    response.destroy();
  } else if (answer === 'cut-in-body') {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('begin', () => response.destroy());
  } else {
    response.writeHead(answer.status, { 'content-type': 'application/xml' }).end(answer.body ?? '');
  }
}
