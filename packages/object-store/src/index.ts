export * from './object-store.ts';
export type { RetryPolicy } from './retry.ts';
export { type Credentials, type S3StoreOptions, s3Store } from './s3-store.ts';
export { readText, textObject } from './text-object.ts';
