export {
  type BuildDependenciesOptions,
  type BuiltDependency,
  buildDependencies,
} from './build-dependencies.ts';
export { fillIn, fillInWords } from './fill-in.ts';
export { limiter } from './limiter.ts';
export { mergeTrees } from './merge-trees.ts';
export {
  type DependencyPlan,
  type DependencyWish,
  librariesOf,
  planDependencies,
} from './plan-dependencies.ts';
export type { DependencyBuild } from './recipe.ts';
