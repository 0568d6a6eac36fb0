import { type Manifest, manifestSchema, parseJson, type Runtime } from '@dtvem/contracts';

/**
 * What the public manifest of a runtime says. `absent`: there is none yet, so nothing is available. `unknown`:
 * it could not be read, and `why` ends a sentence that says so.
 */
export type ManifestAnswer =
  | { readonly kind: 'found'; readonly manifest: Manifest }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly why: string };

/** Asks for the manifest of one runtime; never rejects. */
export type ReadManifest = (runtime: Runtime) => Promise<ManifestAnswer>;

export type PublicManifestOptions = {
  /** Address below which `<runtime>.json` stands, such as `https://manifests.dtvem.io`. */
  readonly baseUrl: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
};

/** The manifests that dtvem's client reads, over HTTP. */
export function publicManifests({ baseUrl, timeoutMs, signal }: PublicManifestOptions): ReadManifest {
  return async (runtime) => {
    try {
      const timeout = AbortSignal.timeout(timeoutMs);
      const url = `${baseUrl.replace(/\/$/, '')}/${runtime}.json`;
      const response = await fetch(url, { signal: AbortSignal.any([timeout, signal]) });
      if (response.status === 404) return { kind: 'absent' };
      if (!response.ok) return { kind: 'unknown', why: `its server answered ${response.status}` };
      return read(await response.text());
    } catch (error) {
      return { kind: 'unknown', why: error instanceof Error ? error.message : 'the connection failed' };
    }
  };
}

function read(text: string): ManifestAnswer {
  const parsed = parseJson(manifestSchema, text);
  return parsed.ok
    ? { kind: 'found', manifest: parsed.value }
    : { kind: 'unknown', why: `it is no manifest: ${parsed.message}` };
}
