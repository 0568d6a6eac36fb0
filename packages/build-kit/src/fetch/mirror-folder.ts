import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from '../errno.ts';
import { DELIVERED, type Delivery, refuse, type SourceOrigin } from './attempt.ts';
import type { PartialFile } from './partial-file.ts';

/** A folder of the user's that holds archives by their names or by their sha256. */
export function mirrorFolder(folder: string): SourceOrigin {
  return {
    kind: 'mirror-folder',
    placeOf: () => folder,
    async deliver(pin, into) {
      for (const name of [pin.file, pin.sha256]) {
        const delivery = await copy(join(folder, name), into);
        if (delivery !== undefined) return delivery;
      }
      return refuse('does not hold it');
    },
  };
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
