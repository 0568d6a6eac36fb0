import { mkdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BuildPlan, buildPython } from '@dtvem/build-python';
import { publishArchive } from '@dtvem/checksum-upload';
import {
  type BuildReport,
  type BuildRequest,
  type ManifestResult,
  ok,
  type PublishResult,
  type Report,
  type Result,
} from '@dtvem/contracts';
import type { checkArchive } from '@dtvem/gates';
import { generateManifest } from '@dtvem/generate-manifests';
import type { Arguments } from './arguments.ts';
import { type Folders, runFolder } from './folders.ts';
import { gateProblem } from './gate-problem.ts';
import type { Stopwatch } from './stopwatch.ts';
import type { OpenStores, Stores } from './stores.ts';

/** The stages that a test replaces, and what a run needs from the outside. */
export type Ports = {
  readonly report: Report;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  readonly openStores: OpenStores;
  readonly build: typeof buildPython;
  readonly check: typeof checkArchive;
};

/** One accepted request and where its work is kept. */
export type Job = {
  readonly request: BuildRequest;
  readonly plan: BuildPlan;
  readonly options: Pick<Arguments, 'jobs' | 'mirrors' | 'keepWork'>;
  readonly folders: Folders;
  readonly logFile: string;
};

/** What stands in the store and on this machine when every stage has passed. */
export type Published = {
  readonly path: string;
  readonly url: string;
  readonly report: BuildReport;
  readonly publish: PublishResult;
  readonly manifest: ManifestResult;
};

/** The stages after a request was accepted, in order; each stops the rest. */
export async function buildAndPublish(job: Job, ports: Ports, watch: Stopwatch): Promise<Result<Published>> {
  const work = runFolder(job.folders, job.request, process.pid);
  await mkdir(work, { recursive: true });
  try {
    const built = await buildAndCheck(job, work, ports, watch);
    if (!built.ok) return built;
    const { path, report } = built.value;
    return await ports.openStores(async (stores) => {
      const done = await publish(job.request, path, report, stores, ports, watch);
      return done.ok ? ok({ ...done.value, path, report }) : done;
    });
  } finally {
    if (!job.options.keepWork) await rm(work, { recursive: true, force: true });
  }
}

async function buildAndCheck(job: Job, work: string, ports: Ports, watch: Stopwatch) {
  watch.begin('build');
  const built = await ports.build(job.plan, {
    ...job.options,
    folders: { work, cache: job.folders.cache },
    logFile: job.logFile,
    report: ports.report,
    signal: ports.signal,
  });
  if (!built.ok) return built;
  watch.begin('gates');
  const checked = await ports.check(
    { path: built.value.path, request: job.request },
    { report: ports.report, signal: ports.signal, scratch: tmpdir(), buildFolders: [work] },
  );
  if (!checked.ok) return checked;
  const failed = gateProblem(checked.value.gates);
  if (failed !== undefined) return { ok: false, problem: failed } as const;
  const report: BuildReport = { ...built.value.report, ...checked.value, durations: [...watch.sofar()] };
  return ok({ path: await keepArchive(built.value.path, job.folders, report.archive.file), report });
}

/** The build tree goes away with the run; its archive stays. */
async function keepArchive(path: string, folders: Folders, file: string): Promise<string> {
  await mkdir(folders.archives, { recursive: true });
  const kept = join(folders.archives, file);
  await rename(path, kept);
  return kept;
}

async function publish(
  request: BuildRequest,
  archivePath: string,
  report: BuildReport,
  stores: Stores,
  ports: Ports,
  watch: Stopwatch,
) {
  watch.begin('publish');
  const published = await publishArchive(
    {
      request,
      archivePath,
      expectedSha256: report.archive.sha256,
      profile: report.profile,
      at: ports.now(),
    },
    { store: stores.builds, storeKind: stores.kind, report: ports.report, signal: ports.signal },
  );
  if (!published.ok) return published;
  watch.begin('manifests');
  const manifest = await generateManifest(request.runtime, {
    builds: stores.builds,
    manifests: stores.manifests,
    baseUrl: stores.baseUrl,
    dryRun: false,
    report: ports.report,
    signal: ports.signal,
  });
  if (!manifest.ok) return manifest;
  const url = `${stores.baseUrl}/${published.value.key}`;
  return ok({ url, publish: published.value, manifest: manifest.value });
}
