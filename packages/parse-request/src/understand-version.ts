import { findRelease, newestVersion } from '@dtvem/catalog';
import {
  fail,
  isExactVersion,
  isPrerelease,
  ok,
  type Result,
  RUNTIME_NAMES,
  type Runtime,
  seriesOf,
} from '@dtvem/contracts';
import { quote } from './quote.ts';

/** `3.13`, `3`, `3.x`, `3.13.*`, `~3.13`: the releases of one series. */
const SERIES = /^[~=]? ?(\d{1,4}(?:\.\d{1,4})?)(?:\.[x*])*$/;
/** Words that name whichever release is newest, of all or of a line: `latest`, `lts/iron`. */
const MOVING = /^(?:latest|newest|current|stable|lts|any|default|next|nightly|[x*])(?:[ /.-]|$)/;
/** `>=3.12`, `^3.1`, `3.12+`, `3.12 - 3.13`, `3.12 || 3.13`, `3.12, 3.13`. */
const RANGE = /^[<>=^~]+ ?\d|^\d[\d.x*]* ?(?:\+|,|\||- )/;

/**
 * The version that a normalised text names, if it is a release that the catalog holds. Fails with one of the
 * reason codes `version-...` or `prerelease-unknown`.
 */
export function understandVersion(text: string, runtime: Runtime): Result<string> {
  if (findRelease(runtime, text) !== undefined) return ok(text);
  if (text === '') return refuse('version-missing', 'The request names no version', newest(runtime));
  const series = SERIES.exec(text)?.[1];
  if (series !== undefined || MOVING.test(text) || RANGE.test(text)) {
    return refuse('version-not-exact', `${quote(text)} is not one exact version`, newest(runtime, series));
  }
  if (!isExactVersion(text)) {
    const sentence = `${quote(text)} is not a version of ${RUNTIME_NAMES[runtime]}`;
    return refuse('version-malformed', sentence, newest(runtime));
  }
  return refuseUnknown(text, runtime);
}

type Newest = { readonly clause: string; readonly version: string };

/** The newest version of a series, or of all where the catalog holds none of it, and a clause that says so. */
function newest(runtime: Runtime, series = ''): Newest {
  const inSeries = series === '' ? undefined : newestVersion(runtime, series);
  if (inSeries !== undefined) return { clause: `the newest ${series} is ${inSeries}`, version: inSeries };
  const version = newestVersion(runtime) ?? '';
  return { clause: `the newest ${RUNTIME_NAMES[runtime]} is ${version}`, version };
}

function refuse(
  code: 'version-missing' | 'version-not-exact' | 'version-malformed',
  sentence: string,
  { clause, version }: Newest,
): Result<string> {
  return fail(code, `${sentence}; ${clause}.`, `Ask for one exact version, such as ${version}.`);
}

function refuseUnknown(version: string, runtime: Runtime): Result<string> {
  const name = RUNTIME_NAMES[runtime];
  const instead = newest(runtime, seriesOf(version));
  if (isPrerelease(version)) {
    return fail(
      'prerelease-unknown',
      `The catalog does not hold the pre-release ${version} of ${name}; ${instead.clause}.`,
      `Ask for ${instead.version}: a pre-release is not kept once its final release is out.`,
    );
  }
  return fail(
    'version-unknown',
    `${version} does not exist; ${instead.clause}.`,
    `Ask for ${instead.version}; if ${name} ${version} came out just now, the catalog must be updated first.`,
  );
}
