/**
 * The process that `startEmbeddedStore` starts: it runs miniflare, and with it workerd, for as long as its parent
 * lives. A parent that is killed closes the channel too, so that workerd never outlives it (left to itself it would).
 * The process holds the folder's lock until workerd has gone, which its parent could not promise.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import * as v from 'valibot';
import { type EmbeddedAnswer, type EmbeddedOrder, embeddedOrderSchema } from './embedded-messages.ts';
import { lockFolder } from './folder-lock.ts';

process.once('message', (message) => void serve(v.parse(embeddedOrderSchema, message)));

async function serve(order: EmbeddedOrder): Promise<void> {
  process.once('disconnect', () => process.exit());
  const lock = await lockFolder(order.folder, order.waitMs);
  if (lock === undefined) return answer({ kind: 'folder-in-use' });
  clearTemporaryFolder(join(order.folder, 'tmp'));
  const { Miniflare } = await import('miniflare');
  const miniflare = new Miniflare(miniflareOptions(order));
  process.removeAllListeners('disconnect');
  // Leaving in order takes milliseconds; should it ever hang, the group goes as it stands: the data outlives that.
  process.once('disconnect', () => {
    setTimeout(() => process.kill(-process.pid, 'SIGKILL'), 3000);
    void miniflare.dispose().finally(() => {
      lock.release();
      process.exit();
    });
  });
  try {
    answer({ kind: 'ready', origin: (await miniflare.ready).origin });
    flushCompileCache();
  } catch (error) {
    answer({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

/** What a killed process left there. */
function clearTemporaryFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
}

function miniflareOptions({ folder, buckets, port, credentials }: EmbeddedOrder) {
  return {
    modules: true,
    script: 'export default { fetch: () => new Response(null, { status: 404 }) }',
    compatibilityDate: '2026-01-01',
    host: '127.0.0.1',
    port,
    // Without this it asks Cloudflare where in the world this machine stands.
    cf: false,
    r2Persist: join(folder, 'r2'),
    r2Buckets: Object.fromEntries(buckets.map((id) => [id, { id, s3Credentials: credentials }])),
  } as const;
}

function answer(message: EmbeddedAnswer): void {
  if (process.connected) process.send?.(message);
}
