import { sourceArchiveSchema } from '@dtvem/contracts';
import * as v from 'valibot';
import data from '../data/dependencies.json' with { type: 'json' };

const dependencyReleaseSchema = v.object({
  /** As its own upstream spells it: `1.1.1w`, `20250104-3.1`. */
  version: v.string(),
  archives: v.pipe(v.array(sourceArchiveSchema), v.minLength(1)),
});
/** One release of a dependency: any of its archives will do, the first is preferred. */
export type DependencyRelease = Readonly<v.InferOutput<typeof dependencyReleaseSchema>>;

const dependencySchema = v.object({
  name: v.string(),
  /** SPDX identifier. */
  license: v.string(),
  releases: v.array(dependencyReleaseSchema),
});
/** A library that recipes link, or a tool that a build needs, with its releases, newest first. */
export type Dependency = Readonly<v.InferOutput<typeof dependencySchema>>;

const DEPENDENCIES = v.parse(v.object({ dependencies: v.array(dependencySchema) }), data).dependencies;

/** The dependency of that name, or undefined when the catalog does not hold it. */
export function findDependency(name: string): Dependency | undefined {
  return DEPENDENCIES.find((dependency) => dependency.name === name);
}

/**
 * The releases of one series, newest first: of `3.5` for OpenSSL `3.5.7` and `3.5.6`, of `1.1.1` for `1.1.1w`.
 * Empty when the catalog holds none.
 */
export function findDependencySeries(name: string, series: string): readonly DependencyRelease[] {
  const releases = findDependency(name)?.releases ?? [];
  return releases.filter(({ version }) => belongsTo(version, series));
}

/** `3.50.1` is not of the series `3.5`: a digit must not follow directly. */
function belongsTo(version: string, series: string): boolean {
  return version.startsWith(series) && !/^\d/.test(version.slice(series.length));
}

/** Names of all dependencies, in the order of the data. */
export function listDependencies(): readonly string[] {
  return DEPENDENCIES.map(({ name }) => name);
}
