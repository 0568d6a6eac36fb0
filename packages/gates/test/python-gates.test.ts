import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeGateContext } from '../src/gate-context.ts';
import { makePlace } from '../src/place.ts';
import { pythonGates } from '../src/python/python-gates.ts';
import { runGate } from '../src/run-gate.ts';
import { neverAborted, request } from './a-request.ts';
import { hasCompiler } from './compiler.ts';

/** Those that look at files and ask Python nothing, or ask it nothing on this machine. */
const SILENT_BY_NATURE = [
  'python-bytecode',
  ...(hasCompiler ? [] : ['python-c-extension', 'python-setuptools']),
];
const asking = pythonGates.filter(({ id }) => !SILENT_BY_NATURE.includes(id));

it.each(['exit 0', 'exit 1', 'kill -KILL $$'])(
  'an interpreter that only does `%s` passes no gate',
  async (script) => {
    const place = await makePlace(tmpdir());
    try {
      const tree = join(place.extracted, 'python');
      const setuptools = join(tree, 'lib/python3.13/site-packages/setuptools');
      await mkdir(join(tree, 'bin'), { recursive: true });
      await mkdir(setuptools, { recursive: true });
      await writeFile(join(setuptools, '__init__.py'), '');
      await writeFile(join(tree, 'bin/python'), `#!/bin/sh\n${script}\n`);
      await chmod(join(tree, 'bin/python'), 0o755);
      const subject = { request, members: [], tree, place, buildFolders: [], signal: neverAborted };
      const context = await makeGateContext(subject);
      for (const gate of asking) {
        const { id, outcome, evidence } = await runGate(gate, context, () => 0);
        expect({ id, outcome }).toEqual({ id, outcome: 'failed' });
        expect(evidence).not.toContain('broke off');
      }
    } finally {
      await place.remove();
    }
  },
);
