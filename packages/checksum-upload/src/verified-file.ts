import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { fail, ok, type Report, type Result } from '@dtvem/contracts';

/** R2 takes this much in one request (4.995 GiB); more would need a multipart upload, whose sum is not the file's. */
const MAX_SIZE = Math.floor(4.995 * 2 ** 30);

/** An open file whose bytes were seen to have the expected sha256. */
export type VerifiedFile = {
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  /**
   * The same bytes once more, from the same open file. They are hashed again on the way and the last of them is
   * held back until the sum agrees, so that nobody can receive the whole of a file that changed meanwhile.
   */
  readonly body: (report: Report) => Readable;
  /** Whether a body ended because the file was no longer the one that was verified. */
  readonly hasChanged: () => boolean;
  readonly close: () => Promise<void>;
};

/** Opens and hashes a file. Problems: `file-unreadable`, `file-too-large`, `sha256-differs`. */
export async function openVerifiedFile(
  path: string,
  expected: string,
  report: Report,
): Promise<Result<VerifiedFile>> {
  const handle = await openFile(path);
  if (!handle.ok) return handle;
  const verified = await verify(handle.value, path, expected, report);
  if (!verified.ok) await handle.value.close();
  return verified;
}

async function openFile(path: string): Promise<Result<FileHandle>> {
  try {
    return ok(await open(path));
  } catch (error) {
    return unreadable(path, error);
  }
}

async function verify(
  handle: FileHandle,
  path: string,
  expected: string,
  report: Report,
): Promise<Result<VerifiedFile>> {
  try {
    const { size } = await handle.stat();
    if (size > MAX_SIZE) return tooLarge(path, size);
    const hash = createHash('sha256');
    const text = 'Checking the sha256';
    for await (const chunk of countedChunks(handle, size, (done) =>
      report({ kind: 'count', text, done, of: size, unit: 'bytes' }),
    )) {
      hash.update(chunk);
    }
    const sha256 = hash.digest('hex');
    return sha256 === expected ? ok(verifiedFile(handle, { sha256, size })) : differs(path, expected, sha256);
  } catch (error) {
    return unreadable(path, error);
  }
}

function verifiedFile(handle: FileHandle, { sha256, size }: { sha256: string; size: number }): VerifiedFile {
  let changed = false;
  async function* checkedChunks(report: Report): AsyncGenerator<Buffer> {
    const hash = createHash('sha256');
    let held: Buffer | undefined;
    const count = (done: number) =>
      report({ kind: 'count', text: 'Uploading', done, of: size, unit: 'bytes' });
    for await (const chunk of countedChunks(handle, size, count)) {
      hash.update(chunk);
      if (held !== undefined) yield held;
      held = chunk;
    }
    changed = hash.digest('hex') !== sha256;
    if (changed) throw new Error('The file changed while it was uploaded.');
    if (held !== undefined) yield held;
  }
  return {
    sha256,
    size,
    body: (report) => Readable.from(checkedChunks(report), { objectMode: false }),
    hasChanged: () => changed,
    close: () => handle.close(),
  };
}

async function* countedChunks(
  handle: FileHandle,
  size: number,
  count: (done: number) => void,
): AsyncGenerator<Buffer> {
  if (size === 0) return;
  let done = 0;
  const options = { start: 0, end: size - 1, autoClose: false, highWaterMark: 1 << 20 };
  for await (const chunk of handle.createReadStream(options)) {
    done += chunk.length;
    count(done);
    yield chunk;
  }
}

function tooLarge(path: string, size: number): Result<never> {
  return fail(
    'file-too-large',
    `${path} has ${size} bytes; one upload takes at most ${MAX_SIZE}.`,
    'Make the archive smaller: its sha256 can only be checked by the store when it arrives in one piece.',
  );
}

function differs(path: string, expected: string, sha256: string): Result<never> {
  return fail(
    'sha256-differs',
    `${path} is not the file that was built: its sha256 differs. Nothing was uploaded.`,
    'Build again; when it happens twice, look at how the file gets from the build to here.',
    `expected ${expected}\nfound    ${sha256}`,
  );
}

function unreadable(path: string, error: unknown): Result<never> {
  if (!(error instanceof Error && 'code' in error)) throw error;
  return fail(
    'file-unreadable',
    `${path} cannot be read.`,
    'Check the path and its permissions.',
    error.message,
  );
}
