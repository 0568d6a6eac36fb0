import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';

/** One entry of the archive as its header describes it. */
export type Member = {
  /** As written, except that the slash that ends a folder's name is taken off. */
  readonly name: string;
  /** tar's word: `file`, `directory`, `symlink`, `link`, `character-device`, …; `unknown` for what has no word. */
  readonly type: string;
  /** Permission bits, setuid and its like included. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  readonly target: string | undefined;
};

/** Every member of a `.tar.gz`, in its own order. Throws when the archive cannot be read to its end. */
export async function readMembers(archive: string, signal: AbortSignal): Promise<readonly Member[]> {
  const members: Member[] = [];
  const entries = extract();
  entries.on('entry', (header, stream, next) => {
    members.push({
      name: header.name.replace(/(?<=.)\/$/, ''),
      type: header.type ?? 'unknown',
      mode: header.mode ?? 0,
      uid: header.uid ?? 0,
      gid: header.gid ?? 0,
      mtime: (header.mtime?.getTime() ?? 0) / 1000,
      target: header.linkname ?? undefined,
    });
    stream.on('end', next);
    stream.resume();
  });
  await pipeline(createReadStream(archive), createGunzip(), entries, { signal });
  return members;
}

/** Whether a member's name points outside the folder that the archive is extracted to. */
export function leavesFolder(name: string): boolean {
  return name.startsWith('/') || name.split('/').includes('..');
}
