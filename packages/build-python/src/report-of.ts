import type { BuiltDependency, FetchedSource } from '@dtvem/build-kit';
import type { BuildReport } from '@dtvem/contracts';
import type { BuildPlan } from './plan-python.ts';
import type { Duration } from './stopwatch.ts';

type Measured = {
  readonly archive: BuildReport['archive'];
  readonly notes: readonly string[];
  readonly durations: readonly Duration[];
};

/** The build report of a finished archive, before any gate has looked at it. */
export function reportOf(
  { request, profile }: BuildPlan,
  { archive, origin }: FetchedSource,
  dependencies: readonly BuiltDependency[],
  toolchain: { readonly compiler: string; readonly libc: string },
  measured: Measured,
): BuildReport {
  const { version } = request;
  return {
    schemaVersion: 1,
    request,
    profile,
    archive: measured.archive,
    source: {
      name: 'cpython',
      version,
      file: archive.file,
      sha256: archive.sha256,
      origin,
      license: 'PSF-2.0',
    },
    dependencies: dependencies.map(({ source }) => source),
    toolchain: { kind: 'host', ...toolchain },
    glibcFloor: null,
    notes: [...measured.notes],
    gates: [],
    durations: [...measured.durations],
  };
}
