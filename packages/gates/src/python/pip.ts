import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Gate } from '../gate.ts';
import { allOf } from '../judgement.ts';
import { greetingWheel, WHEEL_COMMAND, WHEEL_FILE } from './greeting-wheel.ts';
import { runStep } from './probe.ts';
import { makeVenv } from './venv.ts';

export const pip: Gate = {
  id: 'python-pip',
  title: 'pip installs a wheel without network, and the command that it brings runs',
  async check(context) {
    const { folder, made } = await makeVenv(context);
    if (made.outcome === 'failed') return made;
    const wheel = join(await context.freshFolder(), WHEEL_FILE);
    await writeFile(wheel, greetingWheel());
    const python = join(folder, 'bin', 'python');
    const options = ['--no-index', '--no-cache-dir', '--disable-pip-version-check'];
    const installed = await runStep(
      context,
      [python, '-m', 'pip', 'install', ...options, wheel],
      /Successfully installed/,
      { seconds: 180 },
    );
    return allOf([
      installed,
      await runStep(context, [join(folder, 'bin', WHEEL_COMMAND)], /greetings from .*\/a venv$/m),
    ]);
  },
};
