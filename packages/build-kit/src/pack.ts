import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { fail, ok, type Result } from '@dtvem/contracts';
import tar from 'tar-stream';
import { diskFull, interrupted } from './common-problems.ts';
import { errnoOf, messageOf } from './errno.ts';
import { listMembers, type Member } from './list-members.ts';
import { moveIntoPlace } from './write-file.ts';

type Tree = {
  readonly folder: string;
  /** The name of the archive's single top folder. */
  readonly top: string;
};

type PackOptions = {
  /** The time of every member, cut to whole seconds. */
  readonly mtime: Date;
  readonly signal: AbortSignal;
};

type Packed = { readonly sha256: string; readonly size: number };

/**
 * Packs a tree into a `.tar.gz` that depends on nothing but names, contents, x bits, link targets and `mtime`: one
 * top folder, members in byte order, owner 0/0, modes 0755 or 0644, hard links as copies. The archive gets its name
 * when it is whole. `packing-failed` names what may not be packed or changed meanwhile; `disk-full`, `interrupted`.
 */
export async function packTree(tree: Tree, archive: string, options: PackOptions): Promise<Result<Packed>> {
  const partial = `${archive}.partial`;
  try {
    const { members, problems } = await listMembers(tree.folder, tree.top);
    if (problems.length > 0) return unpackable(tree.folder, problems);
    const packed = await writeArchive(members, partial, options);
    await moveIntoPlace(partial, archive);
    return ok(packed);
  } catch (error) {
    await rm(partial, { force: true });
    return explain(error, tree.folder, archive, options.signal);
  }
}

async function writeArchive(members: readonly Member[], path: string, options: PackOptions): Promise<Packed> {
  const measured = new Measured();
  const pack = tar.pack();
  const adding = addMembers(pack, members, options.mtime).catch((error: Error) => pack.destroy(error));
  await pipeline(
    pack,
    createGzip({ level: 9 }),
    (chunks: AsyncIterable<Buffer>) => measured.through(chunks),
    createWriteStream(path, { flush: true }),
    { signal: options.signal },
  );
  await adding;
  return measured.result();
}

async function addMembers(pack: tar.Pack, members: readonly Member[], mtime: Date): Promise<void> {
  for (const member of members) {
    const header = {
      name: member.name,
      type: member.type,
      mode: member.mode,
      mtime,
      uid: 0,
      gid: 0,
      uname: '',
      gname: '',
    };
    if (member.type === 'file') {
      await pipeline(createReadStream(member.path), pack.entry({ ...header, size: member.size }));
    } else {
      pack.entry(member.type === 'symlink' ? { ...header, linkname: member.target } : header);
    }
  }
  pack.finalize();
}

const GZIP_SYSTEM_BYTE = 9;
const SYSTEM_UNKNOWN = 255;

/** Hashes and counts a gzip stream on its way, and blanks the byte that names the system that made it. */
class Measured {
  readonly #hash = createHash('sha256');
  #size = 0;

  async *through(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      if (this.#size === 0) chunk.writeUInt8(SYSTEM_UNKNOWN, GZIP_SYSTEM_BYTE);
      this.#hash.update(chunk);
      this.#size += chunk.length;
      yield chunk;
    }
  }

  result(): Packed {
    return { sha256: this.#hash.digest('hex'), size: this.#size };
  }
}

function unpackable(folder: string, problems: readonly string[]): Result<never> {
  return fail(
    'packing-failed',
    `The tree ${folder} holds what no archive may: ${problems.slice(0, 5).join('; ')}.`,
    'Make the recipe remove or replace it before the tree is packed.',
    problems.join('\n'),
  );
}

function explain(error: unknown, folder: string, archive: string, signal: AbortSignal): Result<never> {
  if (signal.aborted) return interrupted('Packing');
  if (errnoOf(error) === 'ENOSPC') return diskFull(archive);
  return fail(
    'packing-failed',
    `The tree ${folder} could not be packed: ${messageOf(error)}.`,
    'See that nothing changes the tree meanwhile and that all of it can be read, then run the same command again.',
  );
}
