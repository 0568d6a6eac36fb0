import { type DependencyPlan, fillIn, librariesOf, planDependencies } from '@dtvem/build-kit';
import { findRelease } from '@dtvem/catalog';
import { type BuildRequest, fail, ok, type Profile, type Result, type SourceArchive } from '@dtvem/contracts';
import { findRecipe, type PythonRecipe } from './recipe.ts';

/** All that a build will do, before anything is done; printable as JSON. */
export type BuildPlan = {
  readonly schemaVersion: 1;
  readonly request: BuildRequest;
  readonly profile: Profile;
  /** The acceptable archives of this release, the preferred one first. */
  readonly source: readonly SourceArchive[];
  readonly dependencies: readonly DependencyPlan[];
  readonly recipe: PythonRecipe;
};

export type PlanOptions = { readonly profile: Profile; readonly jobs: number };

/**
 * The plan of a request: pure, so the same request gives the same plan. `version-unknown` when the catalog does not
 * hold the release, `version-not-buildable` when no recipe covers it.
 */
export function planPython(request: BuildRequest, { profile, jobs }: PlanOptions): Result<BuildPlan> {
  const release = findRelease('python', request.version);
  if (release === undefined) {
    return fail(
      'version-unknown',
      `The catalog holds no Python ${request.version}.`,
      'Ask for a version that python.org released, or add a new release to the catalog.',
    );
  }
  const recipe = findRecipe(request, profile);
  if (recipe === undefined) {
    return fail(
      'version-not-buildable',
      `No recipe builds Python ${request.version} for ${request.platform}.`,
      'Ask for a version and platform that the recipes cover, or add a rule for it to the recipe of build-python.',
    );
  }
  const wishes = Object.entries(recipe.dependencies).map(([name, series]) => ({ name, series }));
  const dependencies = planDependencies(wishes, request.platform);
  const filled = fillInRecipe(recipe, librariesOf(dependencies), jobs);
  return ok({ schemaVersion: 1, request, profile, source: release.archives, dependencies, recipe: filled });
}

function fillInRecipe(recipe: PythonRecipe, libraries: readonly string[], jobs: number): PythonRecipe {
  const names = { libraries: libraries.join(':'), jobs: String(jobs) };
  const linkerFlags = recipe.linkerFlags.map((flag) => fillIn(flag, names));
  const variables = {
    ...names,
    compilerFlags: recipe.compilerFlags.join(' '),
    linkerFlags: linkerFlags.join(' '),
  };
  const fill = (texts: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, fillIn(text, variables)]));
  return { ...recipe, linkerFlags, variables: fill(recipe.variables), make: fill(recipe.make) };
}
