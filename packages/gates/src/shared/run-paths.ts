import { elfGate } from './elf-gate.ts';
import { resolveRunPath } from './origin-path.ts';

export const runPaths = elfGate({
  id: 'run-paths',
  title: 'Libraries are looked for beside the file that asks, nowhere else',
  faults: ({ path, elf }) =>
    elf.runPaths
      .filter((runPath) => resolveRunPath(path, runPath) === undefined)
      .map((runPath) => `has the run path "${runPath}", which is not $ORIGIN inside the tree`),
});
