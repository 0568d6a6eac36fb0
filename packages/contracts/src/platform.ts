import * as v from 'valibot';

/** `<os>-<arch>` in Go's names, those that this project builds. */
export const PLATFORMS = [
  'linux-amd64',
  'linux-arm64',
  'darwin-amd64',
  'darwin-arm64',
  'windows-amd64',
] as const;
export type Platform = (typeof PLATFORMS)[number];
export const platformSchema = v.picklist(PLATFORMS);

/** Names that dtvem's manifests know and that nothing here builds: refused as such, never as unknown. */
export const PLATFORMS_NOT_BUILT = [
  'windows-arm64',
  'windows-386',
  'linux-arm',
  'linux-armv7',
  'linux-386',
] as const;
export type PlatformNotBuilt = (typeof PLATFORMS_NOT_BUILT)[number];

export function isPlatform(text: string): text is Platform {
  return v.is(platformSchema, text);
}

export function isPlatformNotBuilt(text: string): text is PlatformNotBuilt {
  return v.is(v.picklist(PLATFORMS_NOT_BUILT), text);
}

/** The ending of the archive that is published for a platform. */
export function archiveEnding(platform: Platform): '.tar.gz' | '.zip' {
  return platform.startsWith('windows-') ? '.zip' : '.tar.gz';
}
