import { chmod, chown, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The ordinary user that runs the runtime; undefined where this process is no more than that itself. */
export type OrdinaryUser = { readonly uid: number; readonly gid: number } | undefined;

/** A fresh folder for one archive, away from what built it. */
export type Place = {
  /** Where the archive is extracted to. */
  readonly extracted: string;
  readonly home: string;
  readonly user: OrdinaryUser;
  freshFolder(): Promise<string>;
  remove(): Promise<void>;
};

/** `nobody` on every Linux and macOS; no account of that number has to exist. */
const NOBODY = { uid: 65534, gid: 65534 } as const;

/**
 * Makes a place below `scratch`, or below the system's folder for temporary files where the ordinary user cannot
 * reach `scratch`. Its path holds a space and letters beyond ASCII, as users' paths do.
 */
export async function makePlace(scratch: string): Promise<Place> {
  const user = process.getuid?.() === 0 ? NOBODY : undefined;
  const base = user === undefined || (await everyoneReaches(scratch)) ? scratch : tmpdir();
  const root = await mkdtemp(join(base, 'rt α β-'));
  await chmod(root, 0o755);
  let folders = 0;

  const ownFolder = async (name: string): Promise<string> => {
    const folder = join(root, name);
    await mkdir(folder);
    if (user !== undefined) await chown(folder, user.uid, user.gid);
    return folder;
  };
  const extracted = join(root, 'extracted');
  await mkdir(extracted);
  await chmod(extracted, 0o755);
  return {
    extracted,
    home: await ownFolder('home'),
    user,
    freshFolder: () => ownFolder(`work ${++folders}`),
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 3 }),
  };
}

async function everyoneReaches(folder: string): Promise<boolean> {
  const { mode } = await stat(folder);
  if ((mode & 0o001) === 0) return false;
  const parent = dirname(folder);
  return parent === folder || everyoneReaches(parent);
}
