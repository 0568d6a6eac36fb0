import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceArchive } from '@dtvem/contracts';
import { errnoOf } from '../errno.ts';
import { hashFile } from '../hash-file.ts';
import type { Attempt, Delivery } from './attempt.ts';
import { PartialFile } from './partial-file.ts';

const A_DAY = 24 * 60 * 60 * 1000;

/** Verified archives of this machine, each under its sha256. Shared by processes that know nothing of each other. */
export class DownloadCache {
  readonly #folder: string;

  constructor(cacheFolder: string) {
    this.#folder = join(cacheFolder, 'downloads');
  }

  /** Where the archive is, or undefined. Hashed again each time: a file that changed meanwhile is deleted. */
  async find(pin: SourceArchive): Promise<string | undefined> {
    const path = join(this.#folder, pin.sha256);
    try {
      if ((await hashFile(path)).sha256 === pin.sha256) return path;
      await rm(path, { force: true });
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw error;
    }
    return undefined;
  }

  /** Keeps what `deliver` writes when its sha256 is the pinned one, and nothing otherwise. */
  async receive(pin: SourceArchive, deliver: (into: PartialFile) => Promise<Delivery>): Promise<Attempt> {
    const partial = await PartialFile.create(this.#folder);
    let delivery: Delivery;
    try {
      delivery = await deliver(partial);
    } catch (error) {
      await partial.discard();
      throw error;
    }
    if (!delivery.delivered) {
      await partial.discard();
      return { outcome: 'unavailable', answer: delivery.answer };
    }
    const finished = await partial.finish(pin.sha256);
    if ('path' in finished) return { outcome: 'verified', path: finished.path };
    return {
      outcome: 'mismatch',
      answer: `sent other bytes: their sha256 is ${finished.sha256}, pinned is ${pin.sha256}`,
    };
  }

  /** Removes what processes that were killed have left, once it is a day old. */
  async sweep(now: Date): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    for (const name of names.filter((name) => name.endsWith('.partial'))) {
      const path = join(this.#folder, name);
      const age = now.getTime() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? now.getTime());
      if (age > A_DAY) await rm(path, { force: true });
    }
  }
}
