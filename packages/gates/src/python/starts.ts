import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Gate } from '../gate.ts';
import { allOf } from '../judgement.ts';
import { pythonOf, runProbe } from './probe.ts';

const VERSION = `
import platform, sys
asked, got = sys.argv[1], platform.python_version()
assert got == asked, 'this is ' + got + ' and not ' + asked
print('probe passed: ' + got + ' at ' + sys.executable)
`;

export const starts: Gate = {
  id: 'python-starts',
  title:
    'It starts where it was put, through a link, by PATH and from any folder, and is the version asked for',
  async check(context) {
    const python = pythonOf(context.tree);
    const link = join(await context.freshFolder(), 'a link');
    await symlink(python, link);
    const probe = { source: VERSION, args: [context.request.version] };
    return allOf([
      await runProbe(context, { ...probe, name: 'its version' }),
      await runProbe(context, { ...probe, name: 'its version through a link', python: link }),
      await runProbe(context, {
        ...probe,
        name: 'its version by PATH',
        python: 'python',
        env: { PATH: `${join(context.tree, 'bin')}:/usr/bin:/bin` },
      }),
      await runProbe(context, { ...probe, name: 'its version from the folder /', cwd: '/' }),
    ]);
  },
};
