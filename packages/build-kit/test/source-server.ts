import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http';
import type { SourceArchive } from '@dtvem/contracts';

/** What the servers of these tests hold. */
export const CONTENT = Buffer.from(
  Array.from({ length: 300_000 }, (_, index) => (index * 31 + (index >> 8)) & 0xff),
);
export const SHA256 = createHash('sha256').update(CONTENT).digest('hex');
export const PIN: SourceArchive = { file: 'thing-1.0+a.tar.gz', sha256: SHA256, size: CONTENT.length };

export type Seen = { readonly url: string; readonly headers: IncomingHttpHeaders };
/** Answers the request of this number, from 0. */
export type Answer = (response: ServerResponse, seen: Seen, number: number) => void;

export type SourceServer = AsyncDisposable & { readonly url: string; readonly requests: readonly Seen[] };

/** A real HTTP server on loopback that answers as told and remembers what it was asked. */
export async function startSourceServer(answer: Answer): Promise<SourceServer> {
  const requests: Seen[] = [];
  const listener: RequestListener = (request, response) => {
    const seen = { url: request.url ?? '', headers: request.headers };
    requests.push(seen);
    answer(response, seen, requests.length - 1);
  };
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const VALIDATOR = { etag: '"1"' };

/** All of it, as a plain file server would. */
export function sendAll(response: ServerResponse): void {
  response.writeHead(200, { ...VALIDATOR, 'content-length': CONTENT.length }).end(CONTENT);
}

/** The part that a Range header asks for. */
export function sendRest(response: ServerResponse, seen: Seen): void {
  const start = Number(/^bytes=(\d+)-$/.exec(seen.headers.range ?? '')?.[1]);
  const range = `bytes ${start}-${CONTENT.length - 1}/${CONTENT.length}`;
  const rest = CONTENT.subarray(start);
  response.writeHead(206, { ...VALIDATOR, 'content-range': range, 'content-length': rest.length }).end(rest);
}

/** Announces all of it and cuts the connection after `bytes`. */
export function cutAfter(
  response: ServerResponse,
  bytes: number,
  headers: Record<string, string> = VALIDATOR,
): void {
  response.writeHead(200, { ...headers, 'content-length': CONTENT.length });
  response.write(CONTENT.subarray(0, bytes), () => setTimeout(() => response.destroy(), 30));
}
