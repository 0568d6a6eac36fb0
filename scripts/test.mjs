// `npm test`: installs when needed, then types, lint, bundles and unit tests as turbo tasks (unchanged ones come from its cache).
import { spawnSync } from 'node:child_process';
import { environment, install } from './install.mjs';

install();

const tasks = ['//#lint', '//#typecheck', 'typecheck', 'bundle', 'test'];
const run = spawnSync('turbo', ['run', ...tasks, '--continue', ...process.argv.slice(2)], {
  env: { ...environment, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
  shell: process.platform === 'win32',
  stdio: 'inherit',
});
process.exit(run.status ?? 1);
