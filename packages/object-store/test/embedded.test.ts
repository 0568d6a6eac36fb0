import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scheduler } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type EmbeddedStore, startEmbeddedStore } from '../src/embedded.ts';
import { readText, s3Store, textObject } from '../src/index.ts';

let folder: string;
const running: EmbeddedStore[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'embedded-'));
});

afterEach(async () => {
  for (const store of running.splice(0)) await store.stop();
  rmSync(folder, { recursive: true });
});

async function start(options: { port?: number; waitMs?: number } = {}): Promise<EmbeddedStore> {
  const started = await startEmbeddedStore({ folder, buckets: ['builds', 'manifests'], port: 0, ...options });
  if (!started.ok) throw new Error(`${started.problem.message} ${started.problem.detail}`);
  running.push(started.value);
  return started.value;
}

const object = textObject({
  key: 'python/3.13.5/linux-amd64.meta.json',
  text: '{}',
  contentType: 'application/json',
  cacheControl: 'public, max-age=31536000, immutable',
  condition: 'create',
});

async function holder(): Promise<ChildProcess & { readonly port: string }> {
  const script = fileURLToPath(new URL('./store-holder.ts', import.meta.url));
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(child.stdout, 'data');
  const port = /127\.0\.0\.1:(\d+)/.exec(String(line))?.[1] ?? '';
  return Object.assign(child, { port });
}

/** Process ids whose command line or environment names the test's folder. */
function processesOfFolder(): string[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  return pids.filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(folder);
    } catch {
      return false;
    }
  });
}

describe('the embedded store', () => {
  test('keeps its objects over a restart and serves them to anybody on this machine', async () => {
    const first = await start();
    await s3Store({ ...first, bucket: 'builds' }).put(object);
    await first.stop();
    const second = await start();
    expect(await s3Store({ ...second, bucket: 'builds' }).get(object.key, readText)).toMatchObject({
      value: { text: '{}' },
    });
    const served = await fetch(second.publicUrl('builds', object.key));
    expect(served.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(await served.text()).toBe('{}');
  });

  test('listens where it is told to, and says so when it cannot', async () => {
    const first = await start();
    const port = Number(new URL(first.endpoint).port);
    const other = mkdtempSync(join(tmpdir(), 'embedded-'));
    const refused = await startEmbeddedStore({ folder: other, buckets: ['builds'], port });
    rmSync(other, { recursive: true });
    expect(refused).toMatchObject({ ok: false, problem: { code: 'store-failed' } });
    expect(!refused.ok && refused.problem.detail).toContain(`${port}`);
    await first.stop();
    expect(new URL((await start({ port })).endpoint).port).toBe(String(port));
  });

  test('tells a second user of the folder that it is in use', async () => {
    await start();
    const second = await startEmbeddedStore({ folder, buckets: ['builds'], port: 0, waitMs: 100 });
    expect(second).toMatchObject({ ok: false, problem: { code: 'store-busy' } });
  });

  test('lets a second user wait until the first has ended', async () => {
    const first = await start();
    const second = start({ waitMs: 20_000 });
    await scheduler.wait(300);
    await first.stop();
    expect((await second).endpoint).toMatch(/^http:\/\/127\.0\.0\.1:/);
  });

  test('says so when it cannot have its folder', async () => {
    writeFileSync(join(folder, 'file'), '');
    const refused = await startEmbeddedStore({
      folder: join(folder, 'file', 'r2'),
      buckets: ['builds'],
      port: 0,
    });
    expect(refused).toMatchObject({ ok: false, problem: { code: 'store-failed' } });
  });

  test('answers to a stop that comes twice', async () => {
    const store = await start();
    await Promise.all([store.stop(), store.stop()]);
    await store.stop();
  });
});

describe.skipIf(process.platform !== 'linux')('the processes of the embedded store', () => {
  test('are gone after a stop', async () => {
    const store = await start();
    expect(processesOfFolder().length).toBeGreaterThanOrEqual(2);
    await store.stop();
    expect(processesOfFolder()).toEqual([]);
  });

  test('are gone after their user was killed, and the next one finds what was stored', async () => {
    const first = await holder();
    first.kill('SIGKILL');
    await once(first, 'exit');
    await start();
    expect(processesOfFolder()).toHaveLength(2);
    await running.pop()?.stop();
    expect(processesOfFolder()).toEqual([]);
  });

  test('take workerd with them when the store’s own process is killed', async () => {
    const store = await start();
    const node = processesOfFolder().find((pid) =>
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('embedded-process'),
    );
    process.kill(Number(node), 'SIGKILL');
    await expect.poll(processesOfFolder).toEqual([]);
    await store.stop();
  });

  test('listen on the loopback alone and write nothing outside their folder', async () => {
    await start();
    for (const pid of processesOfFolder()) {
      const files = execFileSync('ls', ['-l', `/proc/${pid}/fd`], { encoding: 'utf8' });
      const writable = [...files.matchAll(/^l.w.* -> (\/.*)$/gm)].map(([, path]) => path);
      expect(writable.filter((path) => !path?.startsWith(folder) && !path?.startsWith('/dev/'))).toEqual([]);
    }
    const addresses = readFileSync('/proc/net/tcp', 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/));
    const port = Number(new URL(running[0]?.endpoint ?? '').port)
      .toString(16)
      .toUpperCase()
      .padStart(4, '0');
    const listening = addresses.filter(([, local, , state]) => state === '0A' && local?.endsWith(`:${port}`));
    expect(listening.map(([, local]) => local)).toEqual([`0100007F:${port}`]);
  });
});
