import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Headers } from 'tar-fs';
import { leavesFolder } from './member.ts';

const KNOWN_TO_CLIENT: readonly string[] = ['file', 'directory', 'symlink'];

/**
 * Extracts a `.tar.gz` as dtvem's client does: directories, regular files and symbolic links alone (hard links
 * vanish without a word), modes kept, times and owners not. Members that leave the folder are left out here; the gate
 * on the archive's form reports them. Throws when a member would be written through a link, and when the archive
 * cannot be read.
 */
export async function extractLikeClient(archive: string, into: string, signal: AbortSignal): Promise<void> {
  const options = {
    ignore: (_path: string, header?: Headers) =>
      header !== undefined && (!KNOWN_TO_CLIENT.includes(header.type) || leavesFolder(header.name)),
    chown: false,
    utimes: false,
    umask: 0,
    validateSymlinks: false,
  };
  await pipeline(createReadStream(archive), createGunzip(), extract(into, options), { signal });
}
