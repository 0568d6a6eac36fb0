import { readFile } from 'node:fs/promises';
import type { Gate } from '../gate.ts';
import { countOf, judge } from '../judgement.ts';
import type { TreeFile } from '../tree-file.ts';

export const buildPaths: Gate = {
  id: 'build-paths',
  title: 'No file names the prefix that was configured or a folder that the build happened in',
  async check({ files, buildPaths: paths }) {
    const findings: string[] = [];
    // One after the other: some of them are large.
    for (const file of files) {
      const bytes = await contentOf(file);
      findings.push(
        ...paths.filter((path) => bytes.includes(path)).map((path) => `${file.path} holds ${path}`),
      );
    }
    return judge(findings, `${countOf(files.length, 'file')} searched for ${paths.join(', ')}`);
  },
};

async function contentOf(file: TreeFile): Promise<Buffer> {
  switch (file.kind) {
    case 'file':
      return readFile(file.absolute);
    case 'link':
      return Buffer.from(file.target);
    case 'directory':
      return Buffer.alloc(0);
  }
}
