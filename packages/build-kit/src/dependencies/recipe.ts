import { type Platform, platformSchema } from '@dtvem/contracts';
import * as v from 'valibot';
import bzip2 from '../../dependencies/bzip2.json' with { type: 'json' };
import libedit from '../../dependencies/libedit.json' with { type: 'json' };
import libffi from '../../dependencies/libffi.json' with { type: 'json' };
import libuuid from '../../dependencies/libuuid.json' with { type: 'json' };
import mpdecimal from '../../dependencies/mpdecimal.json' with { type: 'json' };
import ncurses from '../../dependencies/ncurses.json' with { type: 'json' };
import openssl from '../../dependencies/openssl.json' with { type: 'json' };
import sqlite from '../../dependencies/sqlite.json' with { type: 'json' };
import tcl from '../../dependencies/tcl.json' with { type: 'json' };
import xz from '../../dependencies/xz.json' with { type: 'json' };
import zlib from '../../dependencies/zlib.json' with { type: 'json' };
import zstd from '../../dependencies/zstd.json' with { type: 'json' };

const stepSchema = v.object({
  run: v.tupleWithRest([v.string()], v.string()),
  in: v.optional(v.string(), '.'),
  env: v.optional(v.record(v.string(), v.string()), {}),
});
/** One command of a recipe, run in a folder of the source; `{name}` stands for a variable. */
export type RecipeStep = Readonly<v.InferOutput<typeof stepSchema>>;

const preparationSchema = v.object({
  tools: v.optional(v.array(v.string()), []),
  steps: v.array(stepSchema),
});

const buildSchema = v.object({
  series: v.optional(v.array(v.string())),
  needs: v.optional(v.array(v.string()), []),
  variables: v.optional(v.record(platformSchema, v.record(v.string(), v.string())), {}),
  /** What an archive of that form needs before the steps. */
  prepare: v.optional(v.record(v.picklist(['release', 'repository', 'repacked']), preparationSchema), {}),
  steps: v.array(stepSchema),
  /** Path in the dependency's folder → path in the source. */
  output: v.record(v.string(), v.string()),
});
/** How one dependency is built, for a range of its versions. */
export type DependencyBuild = Readonly<v.InferOutput<typeof buildSchema>>;

const recipeSchema = v.object({ name: v.string(), builds: v.array(buildSchema) });

const RECIPES = v.parse(v.array(recipeSchema), [
  bzip2,
  libedit,
  libffi,
  libuuid,
  mpdecimal,
  ncurses,
  openssl,
  sqlite,
  tcl,
  xz,
  zlib,
  zstd,
]);

/** How that version of a dependency is built, or undefined when no recipe says so for the platform. */
export function findDependencyBuild(
  name: string,
  version: string,
  platform: Platform,
): DependencyBuild | undefined {
  const builds = RECIPES.find((recipe) => recipe.name === name)?.builds ?? [];
  const build = builds.find(({ series }) => series?.some((prefix) => version.startsWith(prefix)) ?? true);
  const known = Object.keys(build?.variables ?? {});
  return known.length === 0 || build?.variables[platform] !== undefined ? build : undefined;
}
