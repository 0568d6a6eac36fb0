import { mkdir } from 'node:fs/promises';
import { ok, type Problem, type Result } from '@dtvem/contracts';
import { type ObjectStore, s3Store } from '@dtvem/object-store';
import { startEmbeddedStore } from '@dtvem/object-store/embedded';

/** Where a run publishes: both buckets, and the address under which the world reads the archives. */
export type Stores = {
  readonly kind: 'embedded' | 'remote';
  readonly builds: ObjectStore;
  readonly manifests: ObjectStore;
  readonly baseUrl: string;
};

/** Opens the stores for one use. The embedded one is held no longer than that, so that other runs can have it. */
export type OpenStores = <T>(use: (stores: Stores) => Promise<Result<T>>) => Promise<Result<T>>;

export const EMBEDDED_BUCKETS = { builds: 'builds', manifests: 'manifests' } as const;

/** The port of `npm run store`, fixed because manifests hold addresses on it. */
export const EMBEDDED_PORT = 9461;
const EMBEDDED_BASE_URL = `http://127.0.0.1:${EMBEDDED_PORT}/cdn-cgi/local/r2/public/${EMBEDDED_BUCKETS.builds}`;

/** The local R2 below `folder`. */
export function embeddedStores(folder: string): OpenStores {
  return async (use) => {
    await mkdir(folder, { recursive: true });
    const started = await startEmbeddedStore({ folder, buckets: Object.values(EMBEDDED_BUCKETS), port: 0 });
    if (!started.ok) return started;
    const { endpoint, credentials, stop } = started.value;
    const bucket = (name: string) => s3Store({ endpoint, credentials, bucket: name });
    try {
      return await use({
        kind: 'embedded',
        builds: bucket(EMBEDDED_BUCKETS.builds),
        manifests: bucket(EMBEDDED_BUCKETS.manifests),
        baseUrl: EMBEDDED_BASE_URL,
      });
    } finally {
      await stop();
    }
  };
}

/** An S3-compatible store described by environment variables; `input-invalid` names all that are missing. */
export function s3Stores(env: Readonly<Record<string, string | undefined>>): Result<OpenStores> {
  const names = [
    'CLOUDFLARE_R2_ACCESS_KEY_ID',
    'CLOUDFLARE_R2_SECRET_ACCESS_KEY',
    'CLOUDFLARE_R2_BUILDS_BUCKET',
    'CLOUDFLARE_R2_MANIFESTS_BUCKET',
  ] as const;
  const [accessKeyId = '', secretAccessKey = '', builds = '', manifests = ''] = names.map(
    (name) => env[name],
  );
  const endpoint = env['R2_ENDPOINT'] || accountEndpoint(env['CLOUDFLARE_ACCOUNT_ID']);
  const missing: string[] = names.filter((name) => !env[name]);
  if (endpoint === undefined) missing.push('R2_ENDPOINT or CLOUDFLARE_ACCOUNT_ID');
  if (endpoint === undefined || missing.length > 0) return lacks(missing);
  const credentials = { accessKeyId, secretAccessKey };
  const stores: Stores = {
    kind: 'remote',
    builds: s3Store({ endpoint, credentials, bucket: builds }),
    manifests: s3Store({ endpoint, credentials, bucket: manifests }),
    baseUrl: env['BUILDS_BASE_URL'] || 'https://builds.dtvem.io',
  };
  return ok((use) => use(stores));
}

function accountEndpoint(account: string | undefined): string | undefined {
  return account ? `https://${account}.r2.cloudflarestorage.com` : undefined;
}

function lacks(names: readonly string[]): Result<never> {
  const problem: Problem = {
    code: 'input-invalid',
    message: `--store s3 needs these environment variables: ${names.join(', ')}.`,
    next: 'Set them, or leave --store out to publish into the local store.',
  };
  return { ok: false, problem };
}
