import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errnoOf } from '@dtvem/build-kit';
import { findInTree } from './tree-files.ts';

/** Installed distributions list the sums of their scripts (`../../../bin/pip`): these must be of what is there now. */
export async function updateRecords(tree: string): Promise<void> {
  for (const path of await findInTree(tree, 'lib/python*/site-packages/*.dist-info/RECORD')) {
    const record = join(tree, path);
    const lines = (await readFile(record, 'utf8')).split('\n');
    const updated = await Promise.all(lines.map((line) => updateLine(line, dirname(dirname(record)))));
    await writeFile(record, updated.join('\n'));
  }
}

async function updateLine(line: string, site: string): Promise<string> {
  const [file = ''] = line.split(',');
  if (!file.startsWith('../')) return line;
  const bytes = await readFile(join(site, file)).catch((error: unknown) => {
    if (errnoOf(error) !== 'ENOENT') throw error;
    return undefined;
  });
  if (bytes === undefined) return line;
  return `${file},sha256=${createHash('sha256').update(bytes).digest('base64url')},${bytes.length}`;
}
