import { join } from 'node:path';
import type { Gate, GateContext, Judgement } from '../gate.ts';
import { allOf } from '../judgement.ts';
import { pythonOf, runProbe, runStep } from './probe.ts';

const IN_VENV = `
import os, sys
venv, tree = map(os.path.realpath, sys.argv[1:])
assert os.path.realpath(sys.prefix) == venv, 'sys.prefix is ' + sys.prefix
assert os.path.realpath(sys.base_prefix) == tree, 'sys.base_prefix is ' + sys.base_prefix
assert os.path.islink(os.path.join(sys.prefix, 'bin', 'python')), 'its python is no link'
import pip
print('probe passed: sys.prefix is ' + sys.prefix + ', with pip ' + pip.__version__)
`;

export const venv: Gate = {
  id: 'python-venv',
  title: 'It makes a virtual environment, whose Python runs and has pip',
  async check(context) {
    const { folder, made } = await makeVenv(context);
    if (made.outcome === 'failed') return made;
    const python = join(folder, 'bin', 'python');
    const args = [folder, context.tree];
    return allOf([made, await runProbe(context, { name: 'its own prefix', source: IN_VENV, args, python })]);
  },
};

/** A virtual environment in a folder whose name holds a space. */
export async function makeVenv(
  context: GateContext,
): Promise<{ readonly folder: string; readonly made: Judgement }> {
  const folder = join(await context.freshFolder(), 'a venv');
  const made = await runStep(context, [pythonOf(context.tree), '-m', 'venv', folder], /^/, { seconds: 180 });
  return { folder, made };
}
