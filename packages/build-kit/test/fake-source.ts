import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import type { SourceArchive } from '@dtvem/contracts';
import tar from 'tar-stream';
import { hashFile } from '../src/index.ts';

/** Packs `files` (path → content; what begins with `#!` is executable) as a source archive in a mirror folder. */
export async function fakeSource(
  mirror: string,
  file: string,
  files: Readonly<Record<string, string>>,
): Promise<SourceArchive> {
  const pack = tar.pack();
  for (const [name, content] of Object.entries(files)) {
    const mode = content.startsWith('#!') ? 0o755 : 0o644;
    pack.entry({ name: `source/${name}`, mode, mtime: new Date(0) }, content);
  }
  pack.finalize();
  const path = join(mirror, file);
  await writeFile(path, gzipSync(await buffer(pack)));
  return { file, ...(await hashFile(path)) };
}
