import { stat } from 'node:fs/promises';
import {
  archiveKey,
  type BuildRequest,
  type IssueStatus,
  type ManifestEntry,
  type Problem,
  type Profile,
} from '@dtvem/contracts';
import type { Published } from './build-and-publish.ts';
import type { StageDuration } from './stopwatch.ts';

/** An archive that stands in the store; `path` is its copy on this machine, where there is one. */
export type AnswerArchive = {
  readonly path?: string;
  readonly key: string;
  readonly url: string;
  readonly sha256?: string;
  readonly size?: number;
};

/** The whole result of one run, which `--json` prints. */
export type Answer = {
  readonly schemaVersion: 1;
  readonly outcome: 'published' | 'already-published' | 'already-available' | 'refused' | 'failed';
  readonly request?: BuildRequest;
  readonly profile?: Profile;
  readonly archive?: AnswerArchive;
  readonly problem?: Problem;
  readonly log?: string;
  readonly durations: readonly StageDuration[];
  /** What finalize-issue renders. */
  readonly status: IssueStatus;
};

export function refused(problem: Problem): Answer {
  return {
    schemaVersion: 1,
    outcome: 'refused',
    problem,
    durations: [],
    status: { schemaVersion: 1, status: 'refused', problem },
  };
}

/** Answers from the manifest; `copy` is where an earlier run on this machine kept the archive. */
export async function available(request: BuildRequest, entry: ManifestEntry, copy: string): Promise<Answer> {
  const file = await stat(copy).catch(() => undefined);
  return {
    schemaVersion: 1,
    outcome: 'already-available',
    request,
    archive: {
      key: archiveKey(request),
      url: entry.url,
      ...(entry.sha256 === undefined ? {} : { sha256: entry.sha256 }),
      ...(file === undefined ? {} : { path: copy, size: file.size }),
    },
    durations: [],
    status: { schemaVersion: 1, status: 'already-available', request, entry },
  };
}

type Run = {
  readonly request: BuildRequest;
  /** Absent where nothing was logged. */
  readonly log?: string;
  readonly durations: readonly StageDuration[];
};

export function published(run: Run, { path, url, report, publish, manifest }: Published): Answer {
  const { key, sha256, size, outcome } = publish;
  return {
    schemaVersion: 1,
    outcome,
    ...run,
    profile: report.profile,
    archive: { path, key, url, sha256, size },
    status: { schemaVersion: 1, status: 'published', request: run.request, url, report, publish, manifest },
  };
}

export function failed(run: Run, stage: string, problem: Problem): Answer {
  const { request, log } = run;
  return {
    schemaVersion: 1,
    outcome: 'failed',
    ...run,
    problem,
    status: { schemaVersion: 1, status: 'failed', request, stage, problem, log },
  };
}
