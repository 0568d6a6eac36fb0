import { open } from 'node:fs/promises';
import type { Gate } from '../gate.ts';
import { countOf, judge } from '../judgement.ts';
import type { TreeFile } from '../tree-file.ts';

const FLAGS_AT = 4;
const UNCHECKED_HASH = 1;

export const bytecode: Gate = {
  id: 'python-bytecode',
  title: 'No compiled module depends on the time of its source, which the client does not keep',
  async check({ files }) {
    const compiled = files.filter(({ kind, path }) => kind === 'file' && path.endsWith('.pyc'));
    const findings: string[] = [];
    for (const file of compiled) {
      const flags = await flagsOf(file);
      if (flags !== UNCHECKED_HASH)
        findings.push(`${file.path} is not in the unchecked-hash form (flags ${flags})`);
    }
    return judge(findings, `${countOf(compiled.length, '.pyc file')} read`);
  },
};

async function flagsOf({ absolute }: TreeFile): Promise<number | undefined> {
  const file = await open(absolute);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
    return bytesRead < 8 ? undefined : buffer.readUInt32LE(FLAGS_AT);
  } finally {
    await file.close();
  }
}
