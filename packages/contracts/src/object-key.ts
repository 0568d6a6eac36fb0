import type { BuildRequest } from './build-request.ts';
import { archiveEnding } from './platform.ts';

type Place = Pick<BuildRequest, 'runtime' | 'version' | 'platform'>;

/** Endings of the objects that may stand beside an archive, under the same stem. */
export const SIDE_ENDINGS = {
  meta: '.meta.json',
  report: '.report.json',
  sbom: '.spdx.json',
  log: '.log.gz',
} as const;

/** `python/3.13.5/linux-amd64.tar.gz`: where an archive is published, in the store and behind the base URL. */
export function archiveKey(place: Place): string {
  return `${stem(place)}${archiveEnding(place.platform)}`;
}

/** `python/3.13.5/linux-amd64.meta.json`: its presence publishes the archive beside it. */
export function metaKey(place: Place): string {
  return `${stem(place)}${SIDE_ENDINGS.meta}`;
}

function stem(place: Place): string {
  return `${place.runtime}/${place.version}/${place.platform}`;
}

/** The file name under which an archive leaves a build: `python-3.13.5-linux-amd64.tar.gz`. */
export function archiveFileName(place: Place): string {
  return `${place.runtime}-${place.version}-${place.platform}${archiveEnding(place.platform)}`;
}
