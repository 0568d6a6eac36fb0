import type { SourceOrigin } from './attempt.ts';
import { type DownloadOptions, download } from './download.ts';

type Downloading = Pick<DownloadOptions, 'patience' | 'random' | 'signal'>;

/** Upstream's own address: https alone, after redirects too. */
export function upstream(downloading: Downloading): SourceOrigin {
  return {
    kind: 'upstream',
    placeOf: (pin) => pin.url,
    deliver: (pin, into, onProgress) =>
      download(pin.url ?? '', into, { ...downloading, plainHttp: false, size: pin.size, onProgress }),
  };
}

/** A base URL of the user's, below which archives stand by their names or by their sha256. */
export function mirrorUrl(base: string, downloading: Downloading): SourceOrigin {
  return {
    kind: 'mirror-url',
    placeOf: () => base,
    async deliver(pin, into, onProgress) {
      const options = { ...downloading, plainHttp: true, size: pin.size, onProgress };
      const byName = await download(addressBelow(base, pin.file), into, options);
      if (byName.delivered || byName.answer !== 'answered 404') return byName;
      return download(addressBelow(base, pin.sha256), into, options);
    },
  };
}

function addressBelow(base: string, name: string): string {
  return `${base.replace(/\/*$/, '')}/${encodeURIComponent(name)}`;
}
