import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type BuiltDependency,
  buildDependencies,
  type FetchedSource,
  fetchSource,
  hostToolchain,
  packTree,
  type Toolchain,
} from '@dtvem/build-kit';
import { archiveFileName, type BuildReport, ok, type Report, type Result } from '@dtvem/contracts';
import { type BuildFolders, buildFolders } from './build-folders.ts';
import { compilePython } from './compile-python.ts';
import { finishTree } from './finish/finish-tree.ts';
import type { BuildPlan } from './plan-python.ts';
import { prepareSource } from './prepare-source.ts';
import { profileNotes } from './profile-run.ts';
import { reportOf } from './report-of.ts';
import type { Runner } from './run-steps.ts';
import { Stopwatch } from './stopwatch.ts';

export type BuildOptions = {
  readonly folders: { readonly work: string; readonly cache: string };
  readonly mirrors: readonly string[];
  readonly jobs: number;
  readonly keepWork: boolean;
  readonly report: Report;
  readonly signal: AbortSignal;
  /** Where everything that commands print is appended. */
  readonly logFile: string;
};

/** The archive, and what is known of it: `gates` are empty and the floor is null until the gates ran. */
export type BuiltArchive = { readonly path: string; readonly report: BuildReport };

/** 1980-01-01, the time of every member and the earliest that every archive format can hold. */
const MEMBER_TIME = new Date('1980-01-01T00:00:00Z');

/** Builds the archive of a plan below `folders.work`. Its working files are removed again unless `keepWork`. */
export async function buildPython(plan: BuildPlan, options: BuildOptions): Promise<Result<BuiltArchive>> {
  await mkdir(options.folders.work, { recursive: true });
  const root = await mkdtemp(join(options.folders.work, `python-${plan.request.version}-`));
  try {
    return await new PythonBuild(plan, options, buildFolders(root)).run();
  } finally {
    if (!options.keepWork) await rm(root, { recursive: true, force: true });
  }
}

class PythonBuild {
  readonly #plan: BuildPlan;
  readonly #options: BuildOptions;
  readonly #folders: BuildFolders;
  readonly #stop = new AbortController();
  readonly #toolchain: Toolchain;
  readonly #watch = new Stopwatch();

  constructor(plan: BuildPlan, options: BuildOptions, folders: BuildFolders) {
    this.#plan = plan;
    this.#options = options;
    this.#folders = folders;
    const signal = AbortSignal.any([options.signal, this.#stop.signal]);
    const { report, logFile } = options;
    this.#toolchain = hostToolchain({ report, logFile, signal, homeFolder: join(folders.root, 'home') });
  }

  async run(): Promise<Result<BuiltArchive>> {
    const sources = await this.#watch.time('sources and dependencies', () => this.#gather());
    if (!sources.ok) return sources;
    const [source, dependencies] = sources.value;
    const compiled = await this.#watch.time('compile', () => this.#compile(source, dependencies));
    if (!compiled.ok) return compiled;
    const notes = await this.#notes();
    if (!notes.ok) return notes;
    const finished = await this.#watch.time('finish', () => this.#finish(dependencies));
    if (!finished.ok) return finished;
    return this.#pack(source, dependencies, notes.value);
  }

  /** The runtime's source is fetched while the dependencies are built; the first failure ends both. */
  async #gather(): Promise<Result<readonly [FetchedSource, readonly BuiltDependency[]]>> {
    const { folders, mirrors, jobs, keepWork, report } = this.#options;
    const { request, recipe, source, dependencies } = this.#plan;
    const giveUp = () => this.#stop.abort();
    const signal = AbortSignal.any([this.#options.signal, this.#stop.signal]);
    const fetching = fetchSource(source, { mirrors, report, cacheFolder: folders.cache, signal });
    const building = buildDependencies(dependencies, {
      toolchain: this.#toolchain,
      platform: request.platform,
      compilerFlags: recipe.dependencyFlags,
      folders: { work: this.#folders.root, cache: folders.cache },
      mirrors,
      jobs,
      keepWork,
      report,
      signal,
      giveUp,
    });
    const fetched = await fetching;
    if (!fetched.ok) giveUp();
    const built = await building;
    if (fetched.ok && built.ok) return ok([fetched.value, built.value] as const);
    return causeOf([fetched, built]);
  }

  async #compile(source: FetchedSource, dependencies: readonly BuiltDependency[]): Promise<Result<void>> {
    this.#options.report({ kind: 'doing', text: `unpacking ${source.archive.file}` });
    const prepared = await prepareSource(source.path, dependencies, this.#plan.recipe, this.#folders);
    if (!prepared.ok) return prepared;
    return compilePython(this.#plan.recipe, this.#options.jobs, this.#folders, this.#runner);
  }

  #notes(): Promise<Result<readonly string[]>> {
    return this.#plan.profile === 'quick' ? Promise.resolve(ok([])) : profileNotes(this.#folders);
  }

  #finish(dependencies: readonly BuiltDependency[]): Promise<Result<void>> {
    const { jobs } = this.#options;
    return finishTree(this.#plan, { jobs, dependencies, folders: this.#folders, runner: this.#runner });
  }

  async #pack(
    source: FetchedSource,
    dependencies: readonly BuiltDependency[],
    notes: readonly string[],
  ): Promise<Result<BuiltArchive>> {
    const { folders, report, signal } = this.#options;
    report({ kind: 'doing', text: 'packing the archive' });
    const file = archiveFileName(this.#plan.request);
    const path = join(folders.work, file);
    const tree = { folder: this.#folders.tree, top: 'python' };
    const packed = await this.#watch.time('pack', () => packTree(tree, path, { mtime: MEMBER_TIME, signal }));
    if (!packed.ok) return packed;
    const toolchain = await this.#toolchain.describe();
    if (!toolchain.ok) return toolchain;
    const archive = { file, ...packed.value };
    const measured = { archive, notes, durations: this.#watch.durations };
    return ok({ path, report: reportOf(this.#plan, source, dependencies, toolchain.value, measured) });
  }

  get #runner(): Runner {
    return { toolchain: this.#toolchain, signal: this.#options.signal };
  }
}

/** Of failures, the one that is no mere consequence of another. */
function causeOf(results: readonly Result<unknown>[]): Result<never> {
  const failures = results.filter((result) => !result.ok);
  const cause = failures.find(({ problem }) => problem.code !== 'interrupted') ?? failures[0];
  if (cause === undefined) throw new Error('nothing failed');
  return cause;
}
