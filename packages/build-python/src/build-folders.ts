import { join } from 'node:path';

/** Where one build works. Upstream's build sees its dependencies as `../deps`, wherever the folder is. */
export type BuildFolders = {
  readonly root: string;
  readonly source: string;
  readonly deps: string;
  readonly install: string;
  /** The install tree while and after it is made fit to move: it ends up in the archive. */
  readonly tree: string;
  readonly profileLog: string;
};

export function buildFolders(root: string): BuildFolders {
  return {
    root,
    source: join(root, 'source'),
    deps: join(root, 'deps'),
    install: join(root, 'install'),
    tree: join(root, 'tree'),
    profileLog: join(root, 'profile-run.log'),
  };
}
