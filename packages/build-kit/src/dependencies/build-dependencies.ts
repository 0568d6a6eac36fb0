import { join } from 'node:path';
import { type Origin, ok, type Platform, type Report, type Result, type UsedSource } from '@dtvem/contracts';
import { type FetchedSource, fetchSource } from '../fetch/fetch-source.ts';
import type { Toolchain } from '../toolchain.ts';
import { buildDependency } from './build-dependency.ts';
import { DependencyCache, type DependencyRecord } from './dependency-cache.ts';
import { dependencyKey } from './dependency-key.ts';
import { limiter } from './limiter.ts';
import type { DependencyPlan } from './plan-dependencies.ts';

export type BuildDependenciesOptions = {
  readonly toolchain: Toolchain;
  readonly platform: Platform;
  readonly compilerFlags: readonly string[];
  readonly folders: { readonly work: string; readonly cache: string };
  readonly mirrors: readonly string[];
  /** How many build at once, and how many processes each may use. */
  readonly jobs: number;
  readonly keepWork: boolean;
  readonly report: Report;
  readonly signal: AbortSignal;
  /** Told of the first failure, so that the caller can end the commands of the others. */
  readonly giveUp: () => void;
};

export type BuiltDependency = {
  readonly name: string;
  /** Holds `include/`, `lib/` and `licenses/`; shared with other processes, so never to be changed. */
  readonly folder: string;
  readonly source: UsedSource;
};

/**
 * Builds every planned dependency that the cache does not hold, those that do not need each other at the same time,
 * and answers with the libraries in the order of the plans. The first failure ends it.
 */
export async function buildDependencies(
  plans: readonly DependencyPlan[],
  options: BuildDependenciesOptions,
): Promise<Result<readonly BuiltDependency[]>> {
  const described = await options.toolchain.describe();
  if (!described.ok) return described;
  const { compiler, libc } = described.value;
  const graph = new DependencyGraph(plans, options, `${compiler}, ${libc}`);
  return graph.buildAll();
}

type Built = BuiltDependency & { readonly key: string };

class DependencyGraph {
  readonly #plans: readonly DependencyPlan[];
  readonly #options: BuildDependenciesOptions;
  readonly #toolchain: string;
  readonly #cache: DependencyCache;
  readonly #limit: ReturnType<typeof limiter>;
  readonly #started = new Map<string, Promise<Result<Built>>>();
  #failure: Result<never> | undefined;

  constructor(plans: readonly DependencyPlan[], options: BuildDependenciesOptions, toolchain: string) {
    this.#plans = plans;
    this.#options = options;
    this.#toolchain = toolchain;
    this.#cache = new DependencyCache(join(options.folders.cache, 'dependencies'));
    this.#limit = limiter(options.jobs);
  }

  async buildAll(): Promise<Result<readonly BuiltDependency[]>> {
    await this.#cache.sweep(new Date());
    const libraries = this.#plans.filter(({ tool }) => !tool);
    const built = await this.#buildEach(libraries.map(({ name }) => name));
    return this.#failure ?? built;
  }

  /** All of them, or the first failure. */
  async #buildEach(names: readonly string[]): Promise<Result<readonly Built[]>> {
    const results = await Promise.all(names.map((name) => this.#build(name)));
    const values: Built[] = [];
    for (const result of results) {
      if (!result.ok) return result;
      values.push(result.value);
    }
    return ok(values);
  }

  /** Each name once, whoever asks for it. */
  #build(name: string): Promise<Result<Built>> {
    const started = this.#started.get(name) ?? this.#buildOnce(name);
    this.#started.set(name, started);
    return started;
  }

  async #buildOnce(name: string): Promise<Result<Built>> {
    const plan = this.#planOf(name);
    const needs = await this.#buildEach(plan.build.needs);
    if (!needs.ok) return needs;
    const cached = await this.#findCached(plan, needs.value);
    if (cached !== undefined) return ok(cached);
    const built = await this.#fetchAndBuild(plan, needs.value);
    if (!built.ok && this.#failure === undefined) {
      this.#failure = built;
      this.#options.giveUp();
    }
    return built;
  }

  /** Only of the newest release: an older one is a makeshift for want of an origin, and asked for again each time. */
  async #findCached(plan: DependencyPlan, needs: readonly Built[]): Promise<Built | undefined> {
    for (const { sha256 } of plan.releases[0]?.archives ?? []) {
      const key = this.#keyOf(plan, sha256, needs);
      const record = await this.#cache.find(plan.name, key);
      if (record === undefined) continue;
      this.#options.report({ kind: 'note', text: `${plan.name} ${record.version}: built before` });
      return this.#describe(plan, key, record, 'cache');
    }
    return undefined;
  }

  async #fetchAndBuild(plan: DependencyPlan, needs: readonly Built[]): Promise<Result<Built>> {
    const { mirrors, folders, report, signal } = this.#options;
    const pins = plan.releases.flatMap(({ archives }) => archives);
    const cacheFolder = folders.cache;
    const fetched = await fetchSource(pins, { mirrors, cacheFolder, report, signal });
    if (!fetched.ok) return fetched;
    const { archive, origin } = fetched.value;
    const record = recordOf(plan, fetched.value);
    const key = this.#keyOf(plan, archive.sha256, needs);
    if ((await this.#cache.find(plan.name, key)) === undefined) {
      const tools = await this.#buildEach(plan.build.prepare[archive.form ?? 'release']?.tools ?? []);
      if (!tools.ok) return tools;
      const built = await this.#limit(() =>
        this.#buildInto(plan, fetched.value, { key, record, needs, tools: tools.value }),
      );
      if (!built.ok) return built;
    }
    return ok(this.#describe(plan, key, record, origin));
  }

  async #buildInto(
    plan: DependencyPlan,
    fetched: FetchedSource,
    into: { key: string; record: DependencyRecord; needs: readonly Built[]; tools: readonly Built[] },
  ): Promise<Result<void>> {
    if (this.#failure !== undefined) return this.#failure;
    const { toolchain, folders, keepWork, signal } = this.#options;
    const options = {
      toolchain,
      keepWork,
      signal,
      workFolder: join(folders.work, 'dependencies'),
      variables: this.#variablesOf(plan),
      needs: into.needs.map(({ folder }) => folder),
      tools: into.tools.map(({ folder }) => folder),
    };
    return buildDependency(plan, fetched, options, (source) =>
      this.#cache.publish(into.key, into.record, source, plan.build.output),
    );
  }

  #variablesOf({ build }: DependencyPlan): Readonly<Record<string, string>> {
    const { platform, compilerFlags, jobs } = this.#options;
    return { ...build.variables[platform], cflags: compilerFlags.join(' '), jobs: String(jobs) };
  }

  #keyOf(plan: DependencyPlan, sha256: string, needs: readonly Built[]): string {
    const { compilerFlags, platform } = this.#options;
    const tools = this.#plans.filter(({ name }) => toolNames(plan).includes(name));
    const keys = needs.map(({ key }) => key);
    return dependencyKey(plan, {
      sha256,
      compilerFlags,
      platform,
      toolchain: this.#toolchain,
      needs: keys,
      tools,
    });
  }

  #describe(plan: DependencyPlan, key: string, record: DependencyRecord, origin: Origin): Built {
    const { name, license } = plan;
    const folder = this.#cache.folderOf(name, key);
    return { name, key, folder, source: { ...record, origin, license } };
  }

  #planOf(name: string): DependencyPlan {
    const plan = this.#plans.find((one) => one.name === name);
    if (plan === undefined) throw new Error(`a dependency needs ${name}, which has no plan`);
    return plan;
  }
}

function toolNames({ build }: DependencyPlan): readonly string[] {
  return Object.values(build.prepare).flatMap(({ tools }) => tools);
}

function recordOf(plan: DependencyPlan, { archive }: FetchedSource): DependencyRecord {
  const release = plan.releases.find(({ archives }) =>
    archives.some(({ sha256 }) => sha256 === archive.sha256),
  );
  return { name: plan.name, version: release?.version ?? '', file: archive.file, sha256: archive.sha256 };
}
