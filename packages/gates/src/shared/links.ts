import { realpath } from 'node:fs/promises';
import { isAbsolute, sep } from 'node:path';
import type { Gate } from '../gate.ts';
import { countOf, judge } from '../judgement.ts';
import type { TreeFile } from '../tree-file.ts';

export const links: Gate = {
  id: 'links',
  title: 'Every symbolic link is relative, stays inside and leads to something',
  async check({ tree, files }) {
    const root = await realpath(tree);
    const found = await Promise.all(files.map((file) => faultOfLink(file, root)));
    const findings = found.filter((finding) => finding !== undefined);
    const count = files.filter(({ kind }) => kind === 'link').length;
    return judge(findings, `${countOf(count, 'link')} followed`);
  },
};

async function faultOfLink(file: TreeFile, root: string): Promise<string | undefined> {
  if (file.kind !== 'link') return undefined;
  const { path, target, absolute } = file;
  const shown = `${path} -> ${target}`;
  if (isAbsolute(target)) return `${shown} is absolute`;
  let end: string;
  try {
    end = await realpath(absolute);
  } catch {
    return `${shown} leads nowhere`;
  }
  return end.startsWith(root + sep) ? undefined : `${shown} leads outside`;
}
