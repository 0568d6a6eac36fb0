import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ProgressEvent, SourceArchive } from '@dtvem/contracts';
import { describe, expect, vi } from 'vitest';
import { CONTENT, PIN, SHA256, sendAll, startSourceServer } from '../../test/source-server.ts';
import { testInFolder } from '../../test/test-in-folder.ts';
import { type FetchOptions, fetchSource } from './fetch-source.ts';

const run = promisify(execFile);
const FETCH_IN_PROCESS = join(import.meta.dirname, '../../test/fetch-in-process.ts');
const WRONG = Buffer.from('other bytes');
const WRONG_SHA256 = 'a3ead5eedad5df82318c51685dbc1c147a36d1ff8584fc82de6b08d0bf63a795';

function fetchFrom(
  folder: string,
  mirrors: readonly string[],
  options: Partial<FetchOptions> = {},
  pins = [PIN],
) {
  return fetchSource(pins, {
    mirrors,
    cacheFolder: join(folder, 'cache'),
    report: () => {},
    signal: new AbortController().signal,
    patience: { idle: 10_000, attempts: 2, pause: 1, longestPause: 10 },
    ...options,
  });
}

async function makeMirror(folder: string, name: string, content: Buffer): Promise<string> {
  const mirror = join(folder, `mirror of ${name}`);
  await mkdir(mirror, { recursive: true });
  await writeFile(join(mirror, name), content);
  return mirror;
}

const inCache = (folder: string) => join(folder, 'cache/downloads', SHA256);

describe('the first origin that has the pinned bytes', () => {
  testInFolder.for([PIN.file, SHA256])('a mirror folder, which holds %s', async (name, { folder }) => {
    const mirror = await makeMirror(folder, name, CONTENT);
    expect(await fetchFrom(folder, [join(folder, 'no such mirror'), mirror])).toEqual({
      ok: true,
      value: { path: inCache(folder), archive: PIN, origin: 'mirror-folder' },
    });
    expect(await readFile(inCache(folder))).toEqual(CONTENT);
  });

  testInFolder('a mirror folder, which holds the bytes under a name of its own', async ({ folder }) => {
    const mirror = await makeMirror(folder, 'thing_1.0.orig.tar.gz', CONTENT);
    const decoy = Buffer.alloc(CONTENT.length);
    await writeFile(join(mirror, 'another of that size'), decoy);
    const pin = { ...PIN, size: CONTENT.length };
    expect(await fetchFrom(folder, [mirror], {}, [pin])).toMatchObject({
      ok: true,
      value: { archive: pin, origin: 'mirror-folder' },
    });
  });

  testInFolder('then the cache, without a connection', async ({ folder }) => {
    await fetchFrom(folder, [await makeMirror(folder, PIN.file, CONTENT)]);
    await using server = await startSourceServer(sendAll);
    expect(await fetchFrom(folder, [server.url])).toMatchObject({ ok: true, value: { origin: 'cache' } });
    expect(server.requests).toHaveLength(0);
  });

  testInFolder('but not a cached file that has changed', async ({ folder }) => {
    await mkdir(join(folder, 'cache/downloads'), { recursive: true });
    await writeFile(inCache(folder), WRONG);
    await using server = await startSourceServer(sendAll);
    expect(await fetchFrom(folder, [server.url])).toMatchObject({
      ok: true,
      value: { origin: 'mirror-url' },
    });
    expect(await readFile(inCache(folder))).toEqual(CONTENT);
  });

  testInFolder.for(['', '/', '/deep/er/'])(
    'then a mirror URL that ends in "%s"',
    async (ending, { folder }) => {
      await using server = await startSourceServer(sendAll);
      const events: ProgressEvent[] = [];
      const report = (event: ProgressEvent) => events.push(event);
      expect(await fetchFrom(folder, [`${server.url}${ending}`], { report })).toMatchObject({
        value: { origin: 'mirror-url' },
      });
      expect(server.requests[0]?.url).toBe(`${ending.replace(/\/$/, '')}/thing-1.0%2Ba.tar.gz`);
      expect(events).toContainEqual({
        kind: 'doing',
        text: `fetching ${PIN.file} from ${server.url}${ending}`,
      });
      expect(events).toContainEqual(
        expect.objectContaining({ kind: 'count', unit: 'bytes', of: CONTENT.length }),
      );
    },
  );

  testInFolder('where a mirror URL may hold files by their sha256, as the cache does', async ({ folder }) => {
    await using server = await startSourceServer((response, { url }) =>
      url === `/${SHA256}` ? sendAll(response) : response.writeHead(404).end(),
    );
    expect(await fetchFrom(folder, [server.url])).toMatchObject({ ok: true });
  });

  testInFolder('of several pins, the first that this origin has', async ({ folder }) => {
    const preferred: SourceArchive = { file: 'thing-1.1.tar.gz', sha256: '0'.repeat(64) };
    const mirror = await makeMirror(folder, PIN.file, CONTENT);
    expect(await fetchFrom(folder, [mirror], {}, [preferred, PIN])).toMatchObject({
      value: { archive: PIN },
    });
  });
});

describe('wrong bytes', () => {
  testInFolder('are deleted and named, and the next origin is asked', async ({ folder }) => {
    const mirror = await makeMirror(folder, PIN.file, WRONG);
    await using server = await startSourceServer(sendAll);
    const notes: string[] = [];
    const report = (event: ProgressEvent) => event.kind === 'note' && notes.push(event.text);
    expect(await fetchFrom(folder, [mirror, server.url], { report })).toMatchObject({
      value: { origin: 'mirror-url' },
    });
    expect(notes).toHaveLength(1);
    expect(notes[0]).toBe(
      `${PIN.file} from mirror-folder ${mirror}: it sent other bytes: their sha256 is ${WRONG_SHA256}, pinned is ${SHA256}`,
    );
    expect(await readdir(join(folder, 'cache/downloads'))).toEqual([SHA256]);
  });

  testInFolder('from the only origin are a mismatch, and no file is left', async ({ folder }) => {
    await using server = await startSourceServer((response) => response.end(WRONG));
    const { size: _, ...pin } = PIN;
    const result = await fetchFrom(folder, [server.url], {}, [pin]);
    expect(result).toMatchObject({
      ok: false,
      problem: {
        code: 'source-mismatch',
        detail: expect.stringMatching(/their sha256 is [0-9a-f]{64}, pinned is/),
      },
    });
    expect(await readdir(join(folder, 'cache/downloads'))).toEqual([]);
  });
});

testInFolder('what no origin has lists each with its answer, and says how to go on', async ({ folder }) => {
  await using server = await startSourceServer((response) => response.writeHead(404).end());
  const gone = await startSourceServer(sendAll);
  await gone[Symbol.asyncDispose]();
  const pin = { ...PIN, url: `${gone.url.replace('http', 'https')}/x` };
  const result = await fetchFrom(folder, [folder, server.url], {}, [pin]);
  expect(result).toMatchObject({
    ok: false,
    problem: { code: 'source-unavailable', next: expect.stringContaining('--source-mirror') },
  });
  const lines = result.ok ? [] : (result.problem.detail ?? '').split('\n');
  expect(lines).toEqual([
    `${PIN.file} from mirror-folder ${folder}: it does not hold it`,
    `${PIN.file} from mirror-url ${server.url}: it answered 404`,
    expect.stringMatching(/ from upstream https:.*: it could not be reached \(ECONNREFUSED/),
  ]);
});

testInFolder('an abort is no failure of the source, and leaves nothing', async ({ folder }) => {
  await using server = await startSourceServer((response) => response.writeHead(200).write('x'));
  const result = await fetchFrom(folder, [server.url], { signal: AbortSignal.timeout(50) });
  expect(result).toMatchObject({ ok: false, problem: { code: 'interrupted' } });
  expect(await readdir(join(folder, 'cache/downloads'))).toEqual([]);
});

testInFolder('what killed processes left is swept once it is a day old', async ({ folder }) => {
  const downloads = join(folder, 'cache/downloads');
  await mkdir(downloads, { recursive: true });
  for (const name of ['old.partial', 'new.partial']) await writeFile(join(downloads, name), '');
  await utimes(join(downloads, 'old.partial'), 0, Date.now() / 1000 - 25 * 60 * 60);
  await fetchFrom(folder, [await makeMirror(folder, PIN.file, CONTENT)]);
  expect((await readdir(downloads)).sort()).toEqual([SHA256, 'new.partial'].sort());
});

describe('processes that know nothing of each other', () => {
  testInFolder('may fetch the same file at once', async ({ folder }) => {
    await using server = await startSourceServer((response) => setTimeout(() => sendAll(response), 100));
    const fetching = [1, 2, 3].map(() =>
      run(process.execPath, [FETCH_IN_PROCESS, join(folder, 'cache'), server.url]),
    );
    for (const { stdout } of await Promise.all(fetching))
      expect(JSON.parse(stdout)).toMatchObject({ ok: true });
    expect(await readdir(join(folder, 'cache/downloads'))).toEqual([SHA256]);
    expect(await readFile(inCache(folder))).toEqual(CONTENT);
  });

  testInFolder('and one that is killed leaves nothing that the next takes for good', async ({ folder }) => {
    await using server = await startSourceServer((response, _, number) => {
      if (number > 0) return sendAll(response);
      return response
        .writeHead(200, { 'content-length': CONTENT.length })
        .write(CONTENT.subarray(0, 200_000));
    });
    const killed = spawn(process.execPath, [FETCH_IN_PROCESS, join(folder, 'cache'), server.url]);
    await vi.waitFor(async () => {
      const [partial = ''] = await readdir(join(folder, 'cache/downloads'));
      expect((await readFile(join(folder, 'cache/downloads', partial))).length).toBe(200_000);
    }, 10_000);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    expect(await fetchFrom(folder, [server.url])).toMatchObject({
      ok: true,
      value: { origin: 'mirror-url' },
    });
    expect(await readFile(inCache(folder))).toEqual(CONTENT);
  });
});

describe('upstream', () => {
  /** An https server with a certificate that only NODE_EXTRA_CA_CERTS makes valid; undefined without openssl. */
  async function startUpstream(folder: string, location: string | undefined) {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=upstream', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const made = await run('openssl', [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      key,
      '-out',
      cert,
      '-days',
      '2',
      ...subject,
    ]).catch(() => undefined);
    if (made === undefined) return undefined;
    const server = createServer({ key: await readFile(key), cert: await readFile(cert) }, (_, response) => {
      if (location === undefined) sendAll(response);
      else response.writeHead(302, { location }).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const fetch = async (env: Record<string, string>) => {
      const args = [FETCH_IN_PROCESS, join(folder, 'cache'), '', `https://127.0.0.1:${port}/x`];
      const fetched: unknown = JSON.parse((await run(process.execPath, args, { env })).stdout);
      return fetched;
    };
    return { fetch, cert, close: () => server.close() };
  }

  testInFolder("uses the machine's own certificates", async ({ folder }) => {
    const upstream = await startUpstream(folder, undefined);
    if (upstream === undefined) return;
    expect(await upstream.fetch({})).toMatchObject({
      ok: false,
      problem: { detail: expect.stringContaining('SELF_SIGNED') },
    });
    const trusted = await upstream.fetch({ NODE_EXTRA_CA_CERTS: upstream.cert });
    upstream.close();
    expect(trusted).toMatchObject({ ok: true, value: { origin: 'upstream' } });
  });

  testInFolder('is not followed to plain http', async ({ folder }) => {
    await using insecure = await startSourceServer(sendAll);
    const upstream = await startUpstream(folder, insecure.url);
    if (upstream === undefined) return;
    const result = await upstream.fetch({ NODE_EXTRA_CA_CERTS: upstream.cert });
    upstream.close();
    expect(result).toMatchObject({
      problem: { detail: expect.stringContaining('redirected to http://, which is not safe') },
    });
    expect(insecure.requests).toHaveLength(0);
  });
});
