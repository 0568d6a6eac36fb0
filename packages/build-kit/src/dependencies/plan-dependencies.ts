import {
  type Dependency,
  type DependencyRelease,
  findDependency,
  findDependencySeries,
} from '@dtvem/catalog';
import type { Platform } from '@dtvem/contracts';
import { type DependencyBuild, findDependencyBuild } from './recipe.ts';

/** A dependency as a runtime's recipe asks for it: `{ name: 'openssl', series: '3.5' }`. */
export type DependencyWish = { readonly name: string; readonly series: string };

/** All that is needed to build one dependency; printable as JSON. */
export type DependencyPlan = {
  readonly name: string;
  /** SPDX identifier. */
  readonly license: string;
  /** In order of preference: the first that an origin has is built. */
  readonly releases: readonly DependencyRelease[];
  readonly build: DependencyBuild;
  /** True for a program that only the build of another dependency runs, and only when that needs it. */
  readonly tool: boolean;
};

/**
 * The plans of everything wished for, in the order of the wishes, and of the tools that their builds may need.
 * Throws when catalog and recipes do not fit together: data of this repository, which its tests check.
 */
export function planDependencies(
  wishes: readonly DependencyWish[],
  platform: Platform,
): readonly DependencyPlan[] {
  const plans = wishes.map(({ name, series }) =>
    planOne(name, findDependencySeries(name, series), platform, false),
  );
  const tools = new Set(plans.flatMap(({ build }) => toolsOf(build)));
  const names = new Set(plans.map(({ name }) => name));
  for (const { name, build } of plans) {
    const missing = build.needs.find((need) => !names.has(need));
    if (missing !== undefined) throw new Error(`${name} needs ${missing}, which nobody asked for`);
  }
  const toolPlans = [...tools].map((name) =>
    planOne(name, findDependency(name)?.releases ?? [], platform, true),
  );
  return [...plans, ...toolPlans];
}

/** The names of the libraries that a plan links, as the linker's `--exclude-libs` wants them. */
export function librariesOf(plans: readonly DependencyPlan[]): readonly string[] {
  const targets = plans.filter(({ tool }) => !tool).flatMap(({ build }) => Object.keys(build.output));
  return targets.flatMap((target) => /^lib\/(lib[^/]+\.a)$/.exec(target)?.[1] ?? []);
}

function planOne(
  name: string,
  releases: readonly DependencyRelease[],
  platform: Platform,
  tool: boolean,
): DependencyPlan {
  const dependency: Dependency | undefined = findDependency(name);
  const [newest] = releases;
  if (dependency === undefined || newest === undefined) throw new Error(`the catalog holds no such ${name}`);
  const build = findDependencyBuild(name, newest.version, platform);
  if (build === undefined) throw new Error(`no recipe builds ${name} ${newest.version} for ${platform}`);
  return { name, license: dependency.license, releases: releases.flatMap(usableWith(build)), build, tool };
}

/** A repository's form lacks generated files: of no use where the recipe does not say how to make them. */
function usableWith(build: DependencyBuild): (release: DependencyRelease) => readonly DependencyRelease[] {
  return ({ version, archives }) => {
    const usable = archives.filter(
      ({ form }) => form !== 'repository' || build.prepare.repository !== undefined,
    );
    return usable.length === 0 ? [] : [{ version, archives: usable }];
  };
}

function toolsOf(build: DependencyBuild): readonly string[] {
  return Object.values(build.prepare).flatMap(({ tools }) => tools);
}
