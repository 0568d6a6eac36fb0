import { type ObjectStore, s3Store } from '@dtvem/object-store';
import { startEmbeddedStore } from '@dtvem/object-store/embedded';
import { makeTempFolder } from './temp-folder.ts';

export const R2_BUCKETS = ['builds', 'manifests'] as const;
type Bucket = (typeof R2_BUCKETS)[number];

export type LocalR2 = {
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  store(bucket: Bucket): ObjectStore;
  /** Where anybody reads an object. */
  publicUrl(bucket: Bucket, key: string): string;
  /** Stops it and deletes all that it held. */
  close(): Promise<void>;
};

/** Cloudflare's local R2 with empty buckets, in a folder of its own. */
export async function startR2(): Promise<LocalR2> {
  const folder = await makeTempFolder();
  const started = await startEmbeddedStore({ folder: folder.path, buckets: R2_BUCKETS, port: 0 });
  if (!started.ok) throw new Error(`${started.problem.message} ${started.problem.detail ?? ''}`);
  const { endpoint, credentials, publicUrl, stop } = started.value;
  return {
    endpoint,
    credentials,
    publicUrl,
    store: (bucket) => s3Store({ endpoint, bucket, credentials, region: 'auto' }),
    async close() {
      await stop();
      await folder.remove();
    },
  };
}
