import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail, ok, type Result } from '@dtvem/contracts';
import { applyPatch, parsePatch, type StructuredPatch } from 'diff';
import { errnoOf, messageOf } from './errno.ts';

/** One of our own patch files: a unified diff with the names `a/...` and `b/...`. */
export type SourcePatch = { readonly name: string; readonly text: string };

/** What the patched files will hold; null where a patch removes the file. */
type Changes = Map<string, string | null>;

/**
 * Applies patches, in their order, to the sources in `folder`: every hunk, with all its context, or nothing at all.
 * A changed file keeps its time: a patch that changes an input of a generated file also changes that file, and make
 * must not start autoconf or bison. `patch-rejected` names the patch, the file and the hunk.
 */
export async function applyPatches(folder: string, patches: readonly SourcePatch[]): Promise<Result<void>> {
  const changes: Changes = new Map();
  for (const patch of patches) {
    const rejection = await applyOne(folder, patch, changes);
    if (rejection !== undefined) return rejected(patch, rejection);
  }
  for (const [path, content] of changes) await store(join(folder, path), content);
  return ok(undefined);
}

async function applyOne(folder: string, patch: SourcePatch, changes: Changes): Promise<string | undefined> {
  let files: StructuredPatch[];
  try {
    files = parsePatch(asBytes(patch.text));
  } catch (error) {
    return `it is no unified diff (${messageOf(error)})`;
  }
  if (!files.some((file) => file.hunks.length > 0)) return 'it changes nothing';
  for (const file of files) {
    const rejection = await applyToFile(folder, file, changes);
    if (rejection !== undefined) return rejection;
  }
  return undefined;
}

async function applyToFile(
  folder: string,
  file: StructuredPatch,
  changes: Changes,
): Promise<string | undefined> {
  const creates = file.oldFileName === '/dev/null';
  const removes = file.newFileName === '/dev/null';
  const path = pathOf(creates ? file.newFileName : file.oldFileName);
  if (path === undefined || file.isRename || file.isCopy)
    return 'it names a file in a way that is not supported';
  const before = changes.has(path) ? changes.get(path) : await load(join(folder, path));
  if (creates && typeof before === 'string') return `${path} is there already`;
  if (!creates && typeof before !== 'string') return `${path} does not exist`;
  const source = before ?? '';
  const after = applyStrictly(source, file);
  if (after === false)
    return `hunk ${rejectedHunk(source, file)} of ${file.hunks.length} does not fit ${path}`;
  if (removes && after !== '') return `${path} holds more than the patch removes`;
  changes.set(path, removes ? null : after);
  return undefined;
}

function applyStrictly(source: string, file: StructuredPatch): string | false {
  return applyPatch(source, file, { fuzzFactor: 0, autoConvertLineEndings: false });
}

/** The number, from 1, of the first hunk that does not apply after those before it. */
function rejectedHunk(source: string, file: StructuredPatch): number {
  const index = file.hunks.findIndex(
    (_, last) => applyStrictly(source, { ...file, hunks: file.hunks.slice(0, last + 1) }) === false,
  );
  return index + 1;
}

/** `Lib/x.py` of `a/Lib/x.py`; undefined where the name would leave the folder. */
function pathOf(name: string | undefined): string | undefined {
  const path = /^[ab]\/(.+)$/.exec(name ?? '')?.[1];
  return path === undefined || path.split('/').some((part) => part === '..' || part === '')
    ? undefined
    : path;
}

/** Old sources are not always UTF-8: both sides are compared, and written back, byte for byte. */
function asBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

async function load(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'latin1');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function store(path: string, content: string | null): Promise<void> {
  if (content === null) return rm(path);
  const before = await stat(path).catch(() => undefined);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content, 'latin1');
  if (before !== undefined) await utimes(path, before.atime, before.mtime);
}

function rejected(patch: SourcePatch, cause: string): Result<never> {
  return fail(
    'patch-rejected',
    `The patch ${patch.name} was rejected: ${cause}.`,
    'Correct the range of versions that the recipe applies this patch to, or make the patch anew for this version.',
  );
}
