import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { moveIntoPlace } from '../write-file.ts';

/**
 * A file that is being received, hashed as it grows. Its name is its own, so processes that fetch the same thing do
 * not meet, and it gets the name that others look for only when its sha256 is the pinned one.
 */
export class PartialFile {
  readonly #folder: string;
  readonly #path: string;
  readonly #file: FileHandle;
  #hash = createHash('sha256');
  #received = 0;

  private constructor(folder: string, path: string, file: FileHandle) {
    this.#folder = folder;
    this.#path = path;
    this.#file = file;
  }

  static async create(folder: string): Promise<PartialFile> {
    await mkdir(folder, { recursive: true });
    const path = join(folder, `${randomUUID()}.partial`);
    return new PartialFile(folder, path, await open(path, 'ax'));
  }

  get received(): number {
    return this.#received;
  }

  async append(chunk: Uint8Array): Promise<void> {
    await this.#file.appendFile(chunk);
    this.#hash.update(chunk);
    this.#received += chunk.length;
  }

  /** Forgets what was received. */
  async restart(): Promise<void> {
    await this.#file.truncate(0);
    this.#hash = createHash('sha256');
    this.#received = 0;
  }

  /** Ends the file. Gives its place when its sha256 is the expected one; deletes it and gives its sha256 when not. */
  async finish(sha256: string): Promise<{ readonly path: string } | { readonly sha256: string }> {
    const actual = this.#hash.digest('hex');
    if (actual !== sha256) {
      await this.discard();
      return { sha256: actual };
    }
    await this.#file.sync();
    await this.#file.close();
    const path = join(this.#folder, sha256);
    await moveIntoPlace(this.#path, path);
    return { path };
  }

  async discard(): Promise<void> {
    await this.#file.close();
    await rm(this.#path, { force: true });
  }
}
