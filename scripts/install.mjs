// Plain JavaScript without dependencies: this runs on the machine's own Node.js (20 or newer), before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const bin = join(root, 'node_modules', '.bin');
const stamp = join(root, 'node_modules', '.installed-lockfile');

/** Environment in which `node` is this repository's Node.js 24 and its tools are found. */
export const environment = {
  ...process.env,
  // Types need not be stripped again at each start.
  NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compile'),
  // Node's fetch uses the machine's proxy only when it is told to before it starts.
  NODE_USE_ENV_PROXY: '1',
  PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
};
export const node = join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

/** Installs what the lockfile pins, unless this very lockfile is installed: pnpm's own check costs a second. */
export function install() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .digest('hex');
  if (existsSync(node) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.error('Installing what the lockfile pins …');
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const argv = [
    '--yes',
    '--loglevel=error',
    packageManager,
    'install',
    '--frozen-lockfile',
    '--reporter=append-only',
  ];
  const run = spawnSync('npx', argv, {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (run.status !== 0) {
    console.error(`${run.stdout ?? ''}${run.stderr ?? ''}`);
    console.error(
      'The dependencies could not be installed (the lines above say why). Is a package registry reachable?',
    );
    process.exit(3);
  }
  writeFileSync(stamp, wanted);
}
