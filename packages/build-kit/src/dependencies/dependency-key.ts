import { createHash } from 'node:crypto';
import type { DependencyPlan } from './plan-dependencies.ts';

/** Changed whenever this code comes to build something else from the same inputs. */
const FORMAT = 1;

/** Everything that goes into a dependency besides its plan. */
export type DependencyInputs = {
  /** Of the source archive. */
  readonly sha256: string;
  readonly compilerFlags: readonly string[];
  readonly platform: string;
  /** Compiler and C library. */
  readonly toolchain: string;
  /** Keys of the dependencies that it is compiled against. */
  readonly needs: readonly string[];
  readonly tools: readonly DependencyPlan[];
};

/** The name of a built dependency in the cache: 64 hexadecimal digits that change with anything that went into it. */
export function dependencyKey(plan: DependencyPlan, inputs: DependencyInputs): string {
  const { name, build } = plan;
  return createHash('sha256')
    .update(JSON.stringify(sortKeys({ FORMAT, name, build, ...inputs })))
    .digest('hex');
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]));
}
