// `node scripts/run.mjs FILE [ARGUMENT …]`: installs when needed, then runs a TypeScript file on this repository's Node.js 24.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { environment, install, node } from './install.mjs';

install();

const [file, ...words] = process.argv.slice(2);
const child = spawn(node, [resolve(import.meta.dirname, '..', file), ...words], {
  env: environment,
  stdio: 'inherit',
});

// The terminal sends Ctrl-C to the child as well; this process only waits for it to tidy up.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));

// npm passes SIGTERM on, and nobody passes SIGKILL on: when npm is gone, nobody waits for an answer any more.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) child.kill('SIGTERM');
}, 500).unref();

child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
