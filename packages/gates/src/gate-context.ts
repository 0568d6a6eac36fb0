import { type BuildRequest, SENTINEL_PREFIX } from '@dtvem/contracts';
import type { Member } from './archive/member.ts';
import { runCommand } from './command.ts';
import { readElfFiles } from './elf/elf-in-tree.ts';
import type { GateContext } from './gate.ts';
import type { Place } from './place.ts';
import { listTree } from './tree-file.ts';

export type Subject = {
  readonly request: BuildRequest;
  readonly members: readonly Member[];
  readonly tree: string;
  readonly place: Place;
  readonly buildFolders: readonly string[];
  readonly glibcMaximum?: string | undefined;
  readonly signal: AbortSignal;
};

/** Where builds on hosted runners and in other projects' containers happen. */
const USUAL_BUILD_PATHS = [
  '/home/runner/',
  '/github/workspace',
  '/__w/',
  '/opt/hostedtoolcache',
  '/tools/deps',
];

/** What the gates of one extracted archive look at; lists the tree, so it comes before anything runs in it. */
export async function makeGateContext(subject: Subject): Promise<GateContext> {
  const { request, members, tree, place, glibcMaximum } = subject;
  const files = await listTree(tree);
  let elfFiles: ReturnType<typeof readElfFiles> | undefined;
  return {
    request,
    members,
    tree,
    files,
    buildPaths: [SENTINEL_PREFIX, ...subject.buildFolders, ...USUAL_BUILD_PATHS],
    ...(glibcMaximum === undefined ? {} : { glibcMaximum }),
    elfFiles: () => {
      elfFiles ??= readElfFiles(files);
      return elfFiles;
    },
    freshFolder: place.freshFolder,
    run: async (command) =>
      runCommand({
        argv: command.argv,
        cwd: command.cwd ?? (await place.freshFolder()),
        env: { PATH: '/usr/bin:/bin', HOME: place.home, LANG: 'C.UTF-8', TZ: 'UTC', ...command.env },
        user: place.user,
        seconds: command.seconds ?? 60,
        signal: subject.signal,
      }),
  };
}
