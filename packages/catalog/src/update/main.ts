import { runUpdate } from './run-update.ts';

const { exitCode, stdout, stderr } = await runUpdate(process.argv.slice(2), new Date());
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = exitCode;
