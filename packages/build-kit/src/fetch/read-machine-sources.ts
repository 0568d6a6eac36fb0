import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from '../errno.ts';
import { type AptSource, parseListFile, parseSourcesFile } from './apt-sources.ts';

/** All that the machine's apt is told to read, of both formats; nothing where there is no apt. */
export async function readMachineSources(folder: string): Promise<readonly AptSource[]> {
  const parts = join(folder, 'sources.list.d');
  const names = (await readdir(parts).catch(() => [])).sort();
  const paths = [join(folder, 'sources.list'), ...names.map((name) => join(parts, name))];
  const sources = await Promise.all(paths.map(readSources));
  return sources.flat();
}

async function readSources(path: string): Promise<readonly AptSource[]> {
  const parse = path.endsWith('.sources')
    ? parseSourcesFile
    : path.endsWith('.list')
      ? parseListFile
      : undefined;
  if (parse === undefined) return [];
  try {
    return parse(await readFile(path, 'utf8'));
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'ENOENT' || code === 'EACCES') return [];
    throw error;
  }
}
