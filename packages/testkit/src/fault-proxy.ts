import { once } from 'node:events';
import http, { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/**
 * What happens to a request instead of its plain answer: a status without asking the server, the connection cut
 * before the server sees it, or cut after the server did what it was asked.
 */
export type ProxyFault = { readonly status: number } | 'cut' | 'response-lost';

export type FaultProxy = {
  /** The target's address with the proxy's origin. */
  readonly endpoint: string;
  /** Lets the next request of this method whose path ends so meet a fault. */
  readonly failNext: (method: string, pathEnd: string, fault: ProxyFault) => void;
  /** Method and path of every request so far, such as `PUT /…/builds/python/…`. */
  readonly requests: readonly string[];
  readonly stop: () => Promise<void>;
};

type WaitingFault = { readonly method: string; readonly pathEnd: string; readonly fault: ProxyFault };

/** Stands between a client and a server on this machine, and passes on all that no fault is waiting for. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const waiting: WaitingFault[] = [];
  const requests: string[] = [];
  const { origin, pathname } = new URL(target);
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url?.split('?')[0] ?? '';
    requests.push(`${incoming.method} ${path}`);
    const index = waiting.findIndex(
      (fault) => fault.method === incoming.method && path.endsWith(fault.pathEnd),
    );
    const fault = index === -1 ? undefined : waiting.splice(index, 1)[0]?.fault;
    if (fault === 'cut') outgoing.destroy();
    else if (typeof fault === 'object')
      incoming.resume().once('end', () => outgoing.writeHead(fault.status).end());
    else passOn(incoming, outgoing, { origin, loseResponse: fault === 'response-lost' });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    endpoint: `http://127.0.0.1:${port}${pathname}`,
    failNext: (method, pathEnd, fault) => void waiting.push({ method, pathEnd, fault }),
    requests,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Target = { readonly origin: string; readonly loseResponse: boolean };

/** Keeps the client's `Host` header, which its signature covers. */
function passOn(incoming: IncomingMessage, outgoing: ServerResponse, { origin, loseResponse }: Target): void {
  const { method, headers, url = '/' } = incoming;
  const upstream = http.request(new URL(url, origin), { method, headers }, (answer) => {
    if (loseResponse) return void answer.resume().once('end', () => outgoing.destroy());
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  upstream.once('error', () => outgoing.destroy());
  outgoing.once('close', () => upstream.destroy());
  incoming.pipe(upstream);
}
