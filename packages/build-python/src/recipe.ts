import {
  type BuildRequest,
  compareVersions,
  type Profile,
  platformSchema,
  profileSchema,
} from '@dtvem/contracts';
import * as v from 'valibot';
import data from '../recipes/cpython.json' with { type: 'json' };

const words = v.optional(v.array(v.string()), []);
const texts = v.optional(v.record(v.string(), v.string()), {});

const ruleSchema = v.object({
  from: v.string(),
  below: v.string(),
  platforms: v.optional(v.array(platformSchema)),
  profile: v.optional(profileSchema),
  dependencies: texts,
  dependencyFlags: words,
  compilerFlags: words,
  linkerFlags: words,
  configure: words,
  variables: texts,
  make: texts,
  install: texts,
  setup: words,
  missing: texts,
  remove: words,
});
type Rule = v.InferOutput<typeof ruleSchema>;

/** The rules that hold for one request, merged; what each field means stands in recipe.schema.json. */
export type PythonRecipe = Readonly<Omit<Rule, 'from' | 'below' | 'platforms' | 'profile'>>;

const { rules: RULES } = v.parse(v.object({ rules: v.array(ruleSchema) }), data);

/** The recipe for a request, or undefined when none says how this version is built on this platform. */
export function findRecipe(request: BuildRequest, profile: Profile): PythonRecipe | undefined {
  const rules = RULES.filter((rule) => holds(rule, request, profile));
  const isCovered = rules.some((rule) => rule.platforms?.includes(request.platform));
  return isCovered ? rules.map(withoutRange).reduce(merge) : undefined;
}

/** A pre-release is built as the release that it leads to: `3.15.0rc1` as 3.15.0. */
function holds(rule: Rule, { version, platform }: BuildRequest, profile: Profile): boolean {
  const release = /^[\d.]+/.exec(version)?.[0] ?? version;
  return (
    compareVersions(release, rule.from) >= 0 &&
    compareVersions(release, rule.below) < 0 &&
    (rule.platforms?.includes(platform) ?? true) &&
    (rule.profile ?? profile) === profile
  );
}

function withoutRange({ from: _, below: __, platforms: ___, profile: ____, ...recipe }: Rule): PythonRecipe {
  return recipe;
}

function merge(a: PythonRecipe, b: PythonRecipe): PythonRecipe {
  return {
    dependencies: { ...a.dependencies, ...b.dependencies },
    dependencyFlags: [...a.dependencyFlags, ...b.dependencyFlags],
    compilerFlags: [...a.compilerFlags, ...b.compilerFlags],
    linkerFlags: [...a.linkerFlags, ...b.linkerFlags],
    configure: [...a.configure, ...b.configure],
    variables: { ...a.variables, ...b.variables },
    make: { ...a.make, ...b.make },
    install: { ...a.install, ...b.install },
    setup: [...a.setup, ...b.setup],
    missing: { ...a.missing, ...b.missing },
    remove: [...a.remove, ...b.remove],
  };
}
