// `node scripts/run.mjs FILE [ARGUMENT …]`: installs when needed, then runs a TypeScript file on this repository's Node.js 24.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
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

// Nobody passes SIGKILL on: when npm is gone, or the shell that it started this with, nobody waits for an answer any more.
const callers = ancestors();
setInterval(() => {
  if (ancestors() !== callers) child.kill('SIGTERM');
}, 500).unref();

/** The ids of this process's parent and of its parent: on Linux, npm is the second. */
function ancestors() {
  try {
    const status = readFileSync(`/proc/${process.ppid}/status`, 'utf8');
    return `${process.ppid} ${/^PPid:\s*(\d+)/m.exec(status)?.[1]}`;
  } catch {
    return `${process.ppid}`;
  }
}

child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
