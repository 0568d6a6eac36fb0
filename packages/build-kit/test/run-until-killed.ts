import { runCommand } from '../src/run-command.ts';

// A parent that a test kills with SIGKILL: nothing in this file gets to clean up.
const [folder = '', script = ''] = process.argv.slice(2);
await runCommand(
  { argv: ['sh', '-c', script], cwd: folder, env: { PATH: '/usr/bin:/bin' }, label: 'long' },
  { report: () => {}, logFile: `${folder}/log`, signal: new AbortController().signal },
);
