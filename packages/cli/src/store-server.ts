import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { startEmbeddedStore } from '@dtvem/object-store/embedded';
import { foldersBelow } from './folders.ts';
import { EMBEDDED_BUCKETS, EMBEDDED_PORT } from './stores.ts';

// `npm run store [-- WORK_DIR]`: serves the local R2 under the addresses that its manifests name, until it is stopped.
const workDir = resolve(process.argv[2] ?? resolve(import.meta.dirname, '../../../.dtvem'));
const { store: folder } = foldersBelow(workDir);
await mkdir(folder, { recursive: true });
const buckets = Object.values(EMBEDDED_BUCKETS);
const started = await startEmbeddedStore({ folder, buckets, port: EMBEDDED_PORT });
if (started.ok) {
  const { publicUrl, stop } = started.value;
  process.stdout.write(`Manifests  ${publicUrl('manifests', '<runtime>.json')}\n`);
  process.stdout.write(
    `Archives   ${publicUrl('builds', '<runtime>/<version>/<platform>.tar.gz')}\nCtrl-C stops it.\n`,
  );
  const wait = setInterval(() => {}, 60_000);
  const end = () => {
    clearInterval(wait);
    void stop();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
} else {
  process.stderr.write(`${started.problem.code}: ${started.problem.message}\n${started.problem.next}\n`);
  process.exitCode = 6;
}
