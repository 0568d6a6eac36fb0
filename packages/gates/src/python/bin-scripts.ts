import { open } from 'node:fs/promises';
import type { Gate } from '../gate.ts';
import { allOf, countOf, failed, judge } from '../judgement.ts';
import type { TreeFile } from '../tree-file.ts';
import { runStep } from './probe.ts';

export const binScripts: Gate = {
  id: 'python-bin-scripts',
  title: 'Every script in bin/ starts where it was put; each becomes a command of the user',
  async check(context) {
    const inBin = context.files.filter(({ kind, path }) => kind === 'file' && /^bin\/[^/]+$/.test(path));
    if (inBin.length === 0) return failed('there is no file in bin/');
    const scripts: TreeFile[] = [];
    for (const file of inBin) if (await isScript(file)) scripts.push(file);
    const steps = [];
    for (const { absolute } of scripts) steps.push(await runStep(context, [absolute, '--help'], /\S/));
    return allOf([judge([], `${countOf(scripts.length, 'script')} started with --help`), ...steps]);
  },
};

async function isScript({ absolute }: TreeFile): Promise<boolean> {
  const file = await open(absolute);
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.toString('latin1') === '#!';
  } finally {
    await file.close();
  }
}
