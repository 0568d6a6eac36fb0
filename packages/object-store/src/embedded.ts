import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail, ok, type Result } from '@dtvem/contracts';
import * as v from 'valibot';
import { type EmbeddedAnswer, type EmbeddedOrder, embeddedAnswerSchema } from './embedded-messages.ts';
import type { Credentials } from './s3-store.ts';

const LOG = 'embedded-store.log';

export type EmbeddedStoreOptions = {
  /** Everything that the store writes is below this folder; another process that uses it is waited for. */
  readonly folder: string;
  readonly buckets: readonly string[];
  /** 0 for any free one. */
  readonly port: number;
  /** How long to wait for another process that holds the folder; 30 seconds unless told. */
  readonly waitMs?: number;
};

export type EmbeddedStore = {
  /** Base address of the S3 interface, on 127.0.0.1. */
  readonly endpoint: string;
  /** Made for this start: no other user of the machine can write. */
  readonly credentials: Credentials;
  /** Where anybody on this machine reads an object, without credentials. */
  publicUrl(bucket: string, key: string): string;
  stop(): Promise<void>;
};

/**
 * Cloudflare's own local R2, kept on disk, for as long as this process lives: it ends with `stop`, and also when
 * this process is killed. Problems: `store-busy` (another process holds the folder), `store-failed`.
 */
export async function startEmbeddedStore(options: EmbeddedStoreOptions): Promise<Result<EmbeddedStore>> {
  const folder = resolve(options.folder);
  const credentials = { accessKeyId: 'embedded', secretAccessKey: randomUUID() };
  const { buckets, port, waitMs = 30_000 } = options;
  const log = openLog(folder);
  if (!log.ok) return log;
  const child = startProcess(folder, log.value);
  const answer = await order(child, { folder, buckets: [...buckets], port, waitMs, credentials });
  if (answer.kind !== 'ready') {
    await end(child);
    return refusal(answer, folder);
  }
  // Nobody who forgets `stop` is kept alive by it: when this process ends, so does the other.
  child.unref();
  child.channel?.unref();
  return ok({
    endpoint: `${answer.origin}/cdn-cgi/local/r2/s3`,
    credentials,
    publicUrl: (bucket, key) => `${answer.origin}/cdn-cgi/local/r2/public/${bucket}/${key}`,
    stop: () => end(child),
  });
}

function openLog(folder: string): Result<number> {
  try {
    mkdirSync(folder, { recursive: true });
    return ok(openSync(join(folder, LOG), 'a'));
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return fail(
      'store-failed',
      `The folder ${folder} cannot be written to.`,
      'Choose another folder.',
      detail,
    );
  }
}

/**
 * A process of its own group, so that Ctrl-C reaches it through us alone, and with an environment made from nothing:
 * miniflare obeys many variables. What it prints goes to a file, where the reason stands when it does not start.
 */
function startProcess(folder: string, log: number): ChildProcess {
  const child = fork(fileURLToPath(new URL('./embedded-process.ts', import.meta.url)), {
    cwd: folder,
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
    execArgv: [],
    env: { TMPDIR: join(folder, 'tmp'), NODE_COMPILE_CACHE: join(folder, 'compile-cache') },
  });
  closeSync(log);
  child.once('exit', () => killGroup(child.pid));
  return child;
}

/** Should the process itself have been killed, workerd goes with it. */
function killGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGKILL');
  } catch {
    // The usual case: nothing is left of the group.
  }
}

async function order(child: ChildProcess, order: EmbeddedOrder): Promise<EmbeddedAnswer> {
  const answered = once(child, 'message').then(([message]) => v.parse(embeddedAnswerSchema, message));
  const ended = once(child, 'exit').then(() => ({ kind: 'failed', message: 'its process ended' }) as const);
  child.send(order);
  return Promise.race([answered, ended]);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.ref();
  if (child.connected) child.disconnect();
  await ended;
}

function refusal(answer: Exclude<EmbeddedAnswer, { kind: 'ready' }>, folder: string): Result<never> {
  if (answer.kind === 'folder-in-use') {
    return fail(
      'store-busy',
      `Another process uses the local store in ${folder}.`,
      'Wait until it has ended, or choose another folder.',
    );
  }
  return fail(
    'store-failed',
    `The local store in ${folder} did not start.`,
    `Its own words are in ${join(folder, LOG)}.`,
    answer.message,
  );
}
