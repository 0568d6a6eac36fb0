import { readdir, readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { CONTENT, cutAfter, SHA256, sendAll, sendRest, startSourceServer } from '../../test/source-server.ts';
import { testInFolder } from '../../test/test-in-folder.ts';
import { DELIVERED } from './attempt.ts';
import { type DownloadOptions, download } from './download.ts';
import { PartialFile } from './partial-file.ts';

const CHUNKED = { 'transfer-encoding': 'chunked' };
const PATIENCE = { idle: 10_000, attempts: 4, pause: 1, longestPause: 50 };

async function fetchInto(folder: string, address: string, options: Partial<DownloadOptions> = {}) {
  const partial = await PartialFile.create(folder);
  const delivery = await download(address, partial, {
    plainHttp: true,
    size: CONTENT.length,
    patience: PATIENCE,
    random: () => 0.5,
    signal: new AbortController().signal,
    onProgress: () => {},
    ...options,
  });
  const finished = await partial.finish(SHA256);
  return { delivery, path: 'path' in finished ? finished.path : undefined };
}

describe('a whole file', () => {
  testInFolder('is received, hashed, counted and kept under its sha256', async ({ folder }) => {
    await using server = await startSourceServer(sendAll);
    const progress: number[] = [];
    const { delivery, path } = await fetchInto(folder, server.url, {
      onProgress: (bytes) => progress.push(bytes),
    });
    expect(delivery).toEqual(DELIVERED);
    expect(await readFile(path ?? '')).toEqual(CONTENT);
    expect(await readdir(folder)).toEqual([SHA256]);
    expect(progress.at(-1)).toBe(CONTENT.length);
    expect(server.requests[0]?.headers['accept-encoding']).toBe('identity');
  });

  testInFolder('is received without a length', async ({ folder }) => {
    await using server = await startSourceServer((response) => response.writeHead(200, CHUNKED).end(CONTENT));
    expect((await fetchInto(folder, server.url, { size: undefined })).delivery).toEqual(DELIVERED);
  });

  testInFolder('is received behind redirects', async ({ folder }) => {
    await using server = await startSourceServer((response, { url }) =>
      url === '/end'
        ? sendAll(response)
        : response.writeHead(302, { location: url === '/a' ? '/end' : '/a' }).end(),
    );
    expect((await fetchInto(folder, `${server.url}/start`)).delivery).toEqual(DELIVERED);
  });
});

describe('a connection that is cut', () => {
  testInFolder('is resumed where it broke', async ({ folder }) => {
    await using server = await startSourceServer((response, seen, number) =>
      number === 0 ? cutAfter(response, 100_000) : sendRest(response, seen),
    );
    const { delivery, path } = await fetchInto(folder, server.url);
    expect(delivery).toEqual(DELIVERED);
    expect(await readFile(path ?? '')).toEqual(CONTENT);
    expect(server.requests[1]?.headers).toMatchObject({ range: 'bytes=100000-', 'if-range': '"1"' });
  });

  testInFolder('starts again where the server ignores Range', async ({ folder }) => {
    await using server = await startSourceServer((response, _, number) =>
      number < 2 ? cutAfter(response, 100_000 + number) : sendAll(response),
    );
    const { path } = await fetchInto(folder, server.url);
    expect(await readFile(path ?? '')).toEqual(CONTENT);
    expect(server.requests).toHaveLength(3);
  });

  testInFolder('starts again where nothing names the bytes that we have', async ({ folder }) => {
    await using server = await startSourceServer((response, _, number) =>
      number === 0 ? cutAfter(response, 1000, { etag: 'W/"weak"' }) : sendAll(response),
    );
    expect((await fetchInto(folder, server.url)).delivery).toEqual(DELIVERED);
    expect(server.requests[1]?.headers.range).toBeUndefined();
  });

  testInFolder('starts again after a part that was not asked for', async ({ folder }) => {
    await using server = await startSourceServer((response, _, number) => {
      if (number === 0) cutAfter(response, 1000);
      else if (number === 1)
        response.writeHead(206, { 'content-range': 'bytes 0-9/300000' }).end('0123456789');
      else sendAll(response);
    });
    expect((await fetchInto(folder, server.url)).path).toBeDefined();
  });

  testInFolder('is given up after a bounded number of attempts', async ({ folder }) => {
    await using server = await startSourceServer((response) => cutAfter(response, 10));
    const { delivery } = await fetchInto(folder, server.url);
    expect(delivery).toMatchObject({
      delivered: false,
      answer: expect.stringMatching(/^broke off after 10 bytes/),
    });
    expect(server.requests).toHaveLength(PATIENCE.attempts);
  });
});

describe('a silent server', () => {
  testInFolder('is given up before its headers', async ({ folder }) => {
    await using server = await startSourceServer(() => {});
    const patience = { ...PATIENCE, idle: 60, attempts: 2 };
    const { delivery } = await fetchInto(folder, server.url, { patience });
    expect(delivery).toEqual({ delivered: false, answer: 'sent nothing for 0.06 seconds' });
    expect(server.requests).toHaveLength(2);
  });

  testInFolder('and within its body, and is resumed', async ({ folder }) => {
    await using server = await startSourceServer((response, seen) => {
      if (seen.headers.range !== undefined) return sendRest(response, seen);
      response.writeHead(200, { etag: '"1"', 'content-length': CONTENT.length });
      response.write(CONTENT.subarray(0, 500));
    });
    const patience = { ...PATIENCE, idle: 1_000 };
    expect((await fetchInto(folder, server.url, { patience })).delivery).toEqual(DELIVERED);
    expect(server.requests.at(-1)?.headers.range).toBe('bytes=500-');
  });

  testInFolder('but a slow one is not', async ({ folder }) => {
    await using server = await startSourceServer((response) => {
      response.writeHead(200, { 'content-length': CONTENT.length });
      const parts = Array.from({ length: 6 }, (_, index) =>
        CONTENT.subarray(index * 50_000, (index + 1) * 50_000),
      );
      const timer = setInterval(() => {
        const part = parts.shift();
        if (part !== undefined) return response.write(part);
        clearInterval(timer);
        return response.end();
      }, 400);
    });
    const { delivery } = await fetchInto(folder, server.url, {
      patience: { ...PATIENCE, idle: 2_000, attempts: 1 },
    });
    expect(delivery).toEqual(DELIVERED);
  });
});

describe('answers that are worth another try', () => {
  testInFolder.for([408, 429, 500, 502, 503, 504])('%i, then the file', async (status, { folder }) => {
    await using server = await startSourceServer((response, _, number) =>
      number < 2 ? response.writeHead(status, { 'retry-after': '0' }).end('wait') : sendAll(response),
    );
    expect((await fetchInto(folder, server.url)).delivery).toEqual(DELIVERED);
  });

  testInFolder('and the pause that the server asks for is kept, within bounds', async ({ folder }) => {
    await using server = await startSourceServer((response, _, number) =>
      number === 0 ? response.writeHead(429, { 'retry-after': '3600' }).end() : sendAll(response),
    );
    const started = performance.now();
    await fetchInto(folder, server.url, { patience: { ...PATIENCE, longestPause: 200 } });
    const waited = performance.now() - started;
    expect(waited).toBeGreaterThan(190);
    expect(waited).toBeLessThan(5000);
  });
});

describe('answers that are final', () => {
  testInFolder.for([
    ['404', 404, {}, 'answered 404'],
    ['403', 403, {}, 'answered 403'],
    ['a longer file', 200, { 'content-length': '300001' }, 'has 300001 bytes where 300000 are pinned'],
    ['a shorter file', 200, { 'content-length': '12' }, 'has 12 bytes where 300000 are pinned'],
    [
      'a packed file',
      200,
      { 'content-encoding': 'gzip' },
      'sent the file in the encoding gzip, which was not asked for',
    ],
    ['a redirect to nowhere', 302, { location: 'http://[' }, 'redirected to no valid address'],
    [
      'a redirect to another protocol',
      301,
      { location: 'file:///etc/passwd' },
      'redirected to file://, which is not safe enough',
    ],
    ['a redirect to itself', 307, { location: '/' }, 'redirected more than 5 times'],
  ] as const)('%s', async ([, status, headers, answer], { folder }) => {
    await using server = await startSourceServer((response) =>
      response.writeHead(status, headers).end('twelve bytes'),
    );
    const { delivery } = await fetchInto(folder, server.url);
    expect(delivery).toEqual({ delivered: false, answer });
    expect(server.requests.length).toBe(answer.includes('5 times') ? 6 : 1);
  });

  testInFolder('more bytes than are pinned, without saying so before', async ({ folder }) => {
    await using server = await startSourceServer((response) =>
      response.writeHead(200, CHUNKED).end(Buffer.concat([CONTENT, CONTENT])),
    );
    const { delivery } = await fetchInto(folder, server.url);
    expect(delivery).toEqual({ delivered: false, answer: 'sent more than 300000 bytes' });
  });

  testInFolder(
    'fewer bytes than are pinned, without saying so before, once all attempts are used',
    async ({ folder }) => {
      await using server = await startSourceServer((response) =>
        response.writeHead(200, CHUNKED).end('short'),
      );
      const { delivery } = await fetchInto(folder, server.url);
      expect(delivery).toEqual({ delivered: false, answer: 'ended after 5 of 300000 bytes' });
    },
  );

  testInFolder('plain http where only https will do', async ({ folder }) => {
    await using server = await startSourceServer(sendAll);
    const { delivery } = await fetchInto(folder, server.url, { plainHttp: false });
    expect(delivery).toEqual({ delivered: false, answer: 'is at http://, which is not safe enough' });
    expect(server.requests).toHaveLength(0);
  });

  testInFolder('a port where nobody listens', async ({ folder }) => {
    const server = await startSourceServer(sendAll);
    await server[Symbol.asyncDispose]();
    const { delivery } = await fetchInto(folder, server.url);
    expect(delivery).toMatchObject({ answer: expect.stringMatching(/^could not be reached \(ECONNREFUSED/) });
  });
});

testInFolder('an abort rejects at once, within a body or a pause', async ({ folder }) => {
  await using server = await startSourceServer((response, { url }) =>
    url === '/busy'
      ? response.writeHead(503, { 'retry-after': '9' }).end()
      : response.writeHead(200).write('x'),
  );
  for (const path of ['/body', '/busy']) {
    const patience = { ...PATIENCE, idle: 60_000, longestPause: 60_000 };
    const downloading = fetchInto(folder, `${server.url}${path}`, {
      patience,
      signal: AbortSignal.timeout(50),
    });
    await expect(downloading).rejects.toThrow(/abort|timeout/i);
  }
});
