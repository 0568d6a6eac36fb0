import { createReadStream } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { isAbsolute, posix } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { fail, ok, type Result } from '@dtvem/contracts';
import tar from 'tar-fs';
import tarStream from 'tar-stream';
import xz from 'xz-decompress';
import { diskFull } from './common-problems.ts';
import { errnoOf, messageOf } from './errno.ts';
import { readXz } from './xz-without-sha256.ts';

/**
 * Unpacks a source archive (`.tar.gz` or `.tar.xz`, told by its first bytes) into the folder `into`, which is made
 * and must be empty, without the archive's single top folder. Files keep the times of the archive, so that make does
 * not take a generated file for stale. `source-unreadable` when the archive is cut short, is of another kind, has
 * more than one top folder or a path that leaves it; nothing is left then.
 */
export async function extractSource(path: string, into: string): Promise<Result<void>> {
  const members = new MemberCheck();
  try {
    const decompressor = await decompressorFor(path);
    if (decompressor === undefined) return unreadable(path, 'it is neither gzip nor xz');
    await mkdir(into, { recursive: true });
    await pipeline(
      decompressor === unxz ? readXz(path) : createReadStream(path, { highWaterMark: 1 << 18 }),
      decompressor,
      tar.extract(into, extractOptions(members)),
    );
  } catch (error) {
    await rm(into, { recursive: true, force: true });
    if (errnoOf(error) === 'ENOSPC') return diskFull(into);
    return unreadable(path, messageOf(error));
  }
  if (members.problem === undefined) return ok(undefined);
  await rm(into, { recursive: true, force: true });
  return unreadable(path, members.problem);
}

/**
 * libffi and xz are packed in the tar format of 1979, which has no magic bytes. The types know no such option, and take
 * an object only for one that they know: streamx's own default.
 */
const ANY_FORMAT = { allowUnknownFormat: true, highWaterMark: 16_384 };

/** Owners are dropped, the owner may read and write everything, nobody else may write. */
function extractOptions(members: MemberCheck) {
  return {
    map: (header: MemberHeader) => members.strip(header),
    ignore: () => members.problem !== undefined,
    extract: tarStream.extract(ANY_FORMAT),
    chown: false,
    // Its check refuses a link to a link; ours is on the text, and no member is ever written through a link.
    validateSymlinks: false,
    umask: 0o022,
    dmode: 0o700,
    fmode: 0o600,
  };
}

/** The types of tar-fs forget the target of a link. */
type MemberHeader = tar.Headers & { linkname?: string };

/** Looks at each member before it is written and remembers the first that cannot be accepted. */
class MemberCheck {
  problem: string | undefined;
  #top: string | undefined;

  strip(header: MemberHeader): MemberHeader {
    const inner = withoutDot(header.name);
    if (inner === '') return { ...header, name: '' };
    const [top = '', ...rest] = inner.split('/');
    this.#top ??= top;
    this.problem ??= this.#judge(header, top);
    const stripped = { ...header, name: rest.join('/') };
    return header.type === 'link'
      ? { ...stripped, linkname: withoutTop(withoutDot(header.linkname ?? '')) }
      : stripped;
  }

  #judge(header: MemberHeader, top: string): string | undefined {
    if (leaves(header.name)) return `its member ${quote(header.name)} leaves the folder`;
    if (top !== this.#top) return `it has two top folders, ${quote(this.#top ?? '')} and ${quote(top)}`;
    if (header.type !== 'directory' && !header.name.includes('/'))
      return `${quote(header.name)} is in no folder`;
    const target = header.linkname ?? '';
    if (header.type === 'link' && leaves(target)) return `its link ${quote(header.name)} leaves the folder`;
    if (header.type !== 'symlink') return undefined;
    const resolved = posix.join(posix.dirname(header.name), target);
    const inside = !isAbsolute(target) && resolved.split('/')[0] === top;
    return inside ? undefined : `its link ${quote(header.name)} leaves the folder`;
  }
}

function leaves(name: string): boolean {
  return isAbsolute(name) || name.split('/').includes('..');
}

/** Some archives name all members with a `./` in front, and that folder itself too. */
function withoutDot(name: string): string {
  return name.replace(/^(?:\.\/)+/, '');
}

function withoutTop(name: string): string {
  return name.split('/').slice(1).join('/');
}

function quote(name: string): string {
  return JSON.stringify(name.slice(0, 120));
}

/** Undefined when the file begins like nothing that we read. */
async function decompressorFor(path: string) {
  const magic = await firstBytes(path, 6);
  if (magic.startsWith('1f8b')) return createGunzip();
  return magic === 'fd377a585a00' ? unxz : undefined;
}

async function* unxz(chunks: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  yield* new xz.XzReadableStream(ReadableStream.from(chunks));
}

async function firstBytes(path: string, length: number): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead).toString('hex');
  } finally {
    await file.close();
  }
}

function unreadable(path: string, cause: string): Result<never> {
  return fail(
    'source-unreadable',
    `The source archive ${path} cannot be unpacked: ${cause}.`,
    'Its bytes are the pinned ones, so this is a fault of the recipe or of a file that changed meanwhile: report it.',
  );
}
