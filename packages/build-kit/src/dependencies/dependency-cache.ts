import { randomUUID } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseJson, sha256Schema } from '@dtvem/contracts';
import * as v from 'valibot';
import { errnoOf } from '../errno.ts';

const recordSchema = v.object({
  name: v.string(),
  version: v.string(),
  file: v.string(),
  sha256: sha256Schema,
});
/** Which source a cached dependency was built from. */
export type DependencyRecord = Readonly<v.InferOutput<typeof recordSchema>>;

const RECORD = 'dependency.json';
const DAY = 24 * 60 * 60 * 1000;

/** Built dependencies, each in a folder that is there in whole or not at all. Any number of processes may share it. */
export class DependencyCache {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  folderOf(name: string, key: string): string {
    return join(this.#folder, `${name}-${key.slice(0, 32)}`);
  }

  /** What the dependency of that key was built from; undefined when it is not here, or damaged (then it is removed). */
  async find(name: string, key: string): Promise<DependencyRecord | undefined> {
    const folder = this.folderOf(name, key);
    const text = await readFile(join(folder, RECORD), 'utf8').catch(() => undefined);
    const record = text === undefined ? undefined : parseJson(recordSchema, text);
    if (record?.ok) return record.value;
    await rm(folder, { recursive: true, force: true });
    return undefined;
  }

  /** Copies `output` (path here → path in `source`) under its key; what another process put there first stays. */
  async publish(
    key: string,
    record: DependencyRecord,
    source: string,
    output: Readonly<Record<string, string>>,
  ): Promise<void> {
    const partial = join(this.#folder, `.${randomUUID()}.partial`);
    try {
      for (const [to, from] of Object.entries(output)) {
        await mkdir(dirname(join(partial, to)), { recursive: true });
        await cp(join(source, from), join(partial, to), { recursive: true, dereference: true });
      }
      await writeFile(join(partial, RECORD), JSON.stringify(record));
      await rename(partial, this.folderOf(record.name, key));
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      if (!['ENOTEMPTY', 'EEXIST'].includes(errnoOf(error) ?? '')) throw error;
    }
  }

  /** Removes what processes that were killed left behind. */
  async sweep(now: Date): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    for (const name of await readdir(this.#folder)) {
      if (!name.endsWith('.partial')) continue;
      const path = join(this.#folder, name);
      const age = now.getTime() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? now.getTime());
      if (age > DAY) await rm(path, { recursive: true, force: true });
    }
  }
}
