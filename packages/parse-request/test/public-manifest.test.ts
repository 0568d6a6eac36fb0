import type { RequestListener } from 'node:http';
import { describe, expect, it } from 'vitest';
import { publicManifests } from '../src/index.ts';
import { startServer } from './manifest-server.ts';

const manifest = {
  version: 1,
  versions: {
    '3.13.5': { 'linux-amd64': { url: 'https://builds.dtvem.io/a.tar.gz', sha256_source: 'dtvem' } },
  },
};

async function askGiven(listener: RequestListener, { timeoutMs = 5000, path = '' } = {}) {
  await using server = await startServer(listener);
  const { signal } = new AbortController();
  return await publicManifests({ baseUrl: `${server.url}${path}`, timeoutMs, signal })('python');
}

describe('publicManifests', () => {
  it.each(['', '/', '/public'])('reads <base>/<runtime>.json below %j', async (path) => {
    const asked: (string | undefined)[] = [];
    const answer = await askGiven(
      ({ url, method }, response) => {
        asked.push(method, url);
        response.end(JSON.stringify(manifest));
      },
      { path },
    );
    expect(answer).toEqual({ kind: 'found', manifest });
    expect(asked).toEqual(['GET', `${path === '/' ? '' : path}/python.json`]);
  });

  it('takes 404 for no manifest', async () => {
    expect(await askGiven((_, response) => response.writeHead(404).end())).toEqual({ kind: 'absent' });
  });

  it.each<[string, RequestListener]>([
    ['answers 503', (_, response) => response.writeHead(503).end()],
    ['sends no JSON', (_, response) => response.end('<html>')],
    [
      'sends another schema version',
      (_, response) => response.end(JSON.stringify({ ...manifest, version: 2 })),
    ],
    ['hangs up', (request) => request.socket.destroy()],
    ['hangs up half way', (_, response) => void response.write('{"version":1', () => response.destroy())],
  ])('does not know when the server %s', async (_, listener) => {
    expect(await askGiven(listener)).toEqual({ kind: 'unknown', why: expect.stringMatching(/./) });
  });

  it('does not wait for ever', async () => {
    expect(await askGiven(() => undefined, { timeoutMs: 50 })).toMatchObject({ kind: 'unknown' });
  });

  it('does not know when nobody listens', async () => {
    const server = await startServer(() => undefined);
    await server[Symbol.asyncDispose]();
    const { signal } = new AbortController();
    const answer = await publicManifests({ baseUrl: server.url, timeoutMs: 5000, signal })('python');
    expect(answer).toMatchObject({ kind: 'unknown' });
  });
});
