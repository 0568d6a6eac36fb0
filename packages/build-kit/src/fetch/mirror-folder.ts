import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceArchive } from '@dtvem/contracts';
import { errnoOf } from '../errno.ts';
import { hashFile } from '../hash-file.ts';
import { DELIVERED, type Delivery, refuse, type SourceOrigin } from './attempt.ts';
import type { PartialFile } from './partial-file.ts';

/** A folder of the user's that holds archives by their names, by their sha256, or under any other name. */
export function mirrorFolder(folder: string): SourceOrigin {
  return {
    kind: 'mirror-folder',
    placeOf: () => folder,
    async deliver(pin, into) {
      for (const name of [pin.file, pin.sha256]) {
        const delivery = await copy(join(folder, name), into);
        if (delivery !== undefined) return delivery;
      }
      const twin = await findTwin(folder, pin);
      const delivery = twin === undefined ? undefined : await copy(twin, into);
      return delivery ?? refuse('does not hold it');
    },
  };
}

/** The same bytes under another name: distributions rename upstream's archives. */
async function findTwin(folder: string, pin: SourceArchive): Promise<string | undefined> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(folder, entry.name);
    const isCandidate = pin.size !== undefined && (await stat(path)).size === pin.size;
    if (isCandidate && (await hashFile(path)).sha256 === pin.sha256) return path;
  }
  return undefined;
}

/** Undefined when there is no such file. */
async function copy(path: string, into: PartialFile): Promise<Delivery | undefined> {
  try {
    if (!(await stat(path)).isFile()) return undefined;
  } catch (error) {
    const code = errnoOf(error);
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? undefined
      : refuse(`cannot be read (${code ?? 'unknown'})`);
  }
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) await into.append(chunk);
  return DELIVERED;
}
