import { join } from 'node:path';
import { archiveFileName, type BuildRequest, type Profile } from '@dtvem/contracts';

/** Where everything is kept below the one folder that `--work-dir` names. */
export type Folders = {
  readonly store: string;
  readonly cache: string;
  readonly archives: string;
  readonly logs: string;
  readonly work: string;
};

export function foldersBelow(workDir: string): Folders {
  return {
    store: join(workDir, 'store'),
    cache: join(workDir, 'cache'),
    archives: join(workDir, 'archives'),
    logs: join(workDir, 'logs'),
    work: join(workDir, 'work'),
  };
}

/** One log file a run: `logs/python-3.13.5-linux-amd64-quick-20261122T181500Z-4711.log`. */
export function logFile(
  folders: Folders,
  request: BuildRequest,
  profile: Profile,
  at: Date,
  pid: number,
): string {
  const time = at.toISOString().replace(/[-:]|\.\d+/g, '');
  return join(folders.logs, `${stem(request)}-${profile}-${time}-${pid}.log`);
}

/** The folder of one run's build tree; the process id tells whether its owner still lives. */
export function runFolder(folders: Folders, request: BuildRequest, pid: number): string {
  return join(folders.work, `${stem(request)}-${pid}`);
}

function stem(request: BuildRequest): string {
  return archiveFileName(request).replace(/\.(tar\.gz|zip)$/, '');
}
