import { lstat, readdir, readlink, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, posix, sep } from 'node:path';
import { messageOf } from './errno.ts';

/** One member of an archive, its name with the top folder, a folder's with a slash at the end. */
export type Member =
  | { readonly type: 'directory'; readonly name: string; readonly mode: number }
  | {
      readonly type: 'file';
      readonly name: string;
      readonly mode: number;
      readonly path: string;
      readonly size: number;
    }
  | { readonly type: 'symlink'; readonly name: string; readonly mode: number; readonly target: string };

type Listing = {
  /** In byte order of their names, so a folder always comes before what is in it. */
  readonly members: readonly Member[];
  /** One phrase for each thing that may not be in an archive. */
  readonly problems: readonly string[];
};

/** What an archive of the tree holds, and all that forbids to pack it. Changes nothing in the tree. */
export async function listMembers(folder: string, top: string): Promise<Listing> {
  const members: Member[] = [];
  const problems: string[] = [];
  const root = await realpath(folder);
  // readdir's own recursion would follow links to folders.
  const visit = async (path: string, name: string): Promise<void> => {
    const found = await describe(root, path, name);
    if (typeof found === 'string') problems.push(found);
    else members.push(found);
    if (typeof found === 'string' || found.type !== 'directory') return;
    for (const entry of (await readdir(join(root, path))).sort())
      await visit(join(path, entry), `${name}/${entry}`);
  };
  await visit('', top);
  return { members: members.sort(byName), problems };
}

function byName(a: Member, b: Member): number {
  return Buffer.compare(Buffer.from(a.name), Buffer.from(b.name));
}

/** The member, or what is wrong with it. */
async function describe(root: string, path: string, name: string): Promise<Member | string> {
  const full = join(root, path);
  const status = await lstat(full);
  if (status.isDirectory()) return { type: 'directory', name: `${name}/`, mode: 0o755 };
  if (status.isFile()) {
    const mode = (status.mode & 0o111) === 0 ? 0o644 : 0o755;
    return { type: 'file', name, mode, path: full, size: status.size };
  }
  if (!status.isSymbolicLink()) return `${name} is neither a file nor a folder nor a link`;
  const target = await readlink(full);
  const problem = await judgeLink(root, path, target);
  return problem === undefined
    ? { type: 'symlink', name, mode: 0o777, target }
    : `the link ${name} -> ${target} ${problem}`;
}

/** The text of the link must stay in the tree, and so must the place where it leads in the end. */
async function judgeLink(root: string, path: string, target: string): Promise<string | undefined> {
  if (isAbsolute(target)) return 'is absolute';
  if (posix.join(dirname(path), target).split('/')[0] === '..') return 'leads out of the tree';
  try {
    const place = await realpath(join(root, path));
    return place === root || place.startsWith(root + sep) ? undefined : 'leads out of the tree';
  } catch (error) {
    return `leads nowhere (${messageOf(error)})`;
  }
}
