import {
  type BuildRequest,
  compareVersions,
  fail,
  ok,
  platformSchema,
  type Result,
  RUNTIME_NAMES,
  runtimeSchema,
  seriesOf,
} from '@dtvem/contracts';
import * as v from 'valibot';
import data from '../data/recipes.json' with { type: 'json' };

const recipeSchema = v.object({
  runtime: runtimeSchema,
  platforms: v.array(platformSchema),
  /** First and last series, both included: `3.8`, `3.14`. */
  firstSeries: v.string(),
  lastSeries: v.string(),
});
/** What one build action of this repository can build today. */
export type LandedRecipe = Readonly<v.InferOutput<typeof recipeSchema>>;

/** All that the build actions can build today; each build action tests itself against its rows. */
export const LANDED_RECIPES: readonly LandedRecipe[] = v.parse(
  v.object({ recipes: v.array(recipeSchema) }),
  data,
).recipes;

/**
 * Whether a build action of this repository can build this request today. `runtime-not-landed` says that it
 * could be built and that nobody has written how: unlike `checkBuildable`, the answer changes with the project.
 */
export function buildLanded({ runtime, version, platform }: BuildRequest): Result<void> {
  const recipes = LANDED_RECIPES.filter((recipe) => recipe.runtime === runtime);
  if (recipes.some((recipe) => recipe.platforms.includes(platform) && covers(recipe, version))) {
    return ok(undefined);
  }
  const name = RUNTIME_NAMES[runtime];
  return fail(
    'runtime-not-landed',
    `The build of ${name} ${version} for ${platform} has not landed yet.`,
    recipes.length === 0
      ? `No ${name} can be built yet; try again after a later release of this project.`
      : `What can be built today: ${recipes.map((recipe) => `${name} ${describe(recipe)}`).join('; ')}.`,
  );
}

function covers({ firstSeries, lastSeries }: LandedRecipe, version: string): boolean {
  const series = seriesOf(version);
  return compareVersions(series, firstSeries) >= 0 && compareVersions(series, lastSeries) <= 0;
}

function describe({ firstSeries, lastSeries, platforms }: LandedRecipe): string {
  return `${firstSeries} to ${lastSeries} for ${platforms.join(', ')}`;
}
