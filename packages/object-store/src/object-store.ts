import type { Readable } from 'node:stream';
import type { Result } from '@dtvem/contracts';

/** What a store tells of an object without its bytes. `etag` is opaque; metadata keys are lower case. */
export type ObjectDescription = {
  readonly size: number;
  readonly etag: string;
  readonly contentType: string;
  readonly cacheControl: string;
  readonly metadata: Readonly<Record<string, string>>;
};

export type ListedObject = { readonly key: string; readonly size: number };

/** When a write counts: only where nothing is yet, or only over the object that was read. */
export type PutCondition = 'create' | { readonly ifMatch: string };

export type NewObject = {
  readonly key: string;
  /** Opens the bytes anew for each try; a body that fails ends the put as `file-unreadable`. */
  readonly body: () => Readable;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
  readonly contentType: string;
  readonly cacheControl: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly condition: PutCondition;
};

/**
 * `exists` answers a `create`, `changed` an `ifMatch`: nothing was written by this answer. After a lost response
 * the object that exists may well be the one that this very call wrote, so compare before calling it a conflict.
 */
export type PutOutcome = 'stored' | 'exists' | 'changed';

/** Reads an object's bytes to the end. Called again from the start when the store cut them off. */
export type ReadBody<T> = (body: AsyncIterable<Uint8Array>, object: ObjectDescription) => Promise<T>;

/**
 * One bucket. Each call tries several times; what stays wrong is a Problem: `store-unreachable`, `store-denied`,
 * `store-busy`, `store-failed`, or `interrupted`. An object that is not there is `undefined`.
 */
export type ObjectStore = {
  /** How messages call it: `bucket builds at https://…`. */
  readonly name: string;
  put(object: NewObject, signal?: AbortSignal): Promise<Result<PutOutcome>>;
  head(key: string, signal?: AbortSignal): Promise<Result<ObjectDescription | undefined>>;
  get<T>(key: string, read: ReadBody<T>, signal?: AbortSignal): Promise<Result<T | undefined>>;
  /** Every object whose key starts with `prefix`, in the order of the keys' bytes. */
  list(prefix: string, signal?: AbortSignal): Promise<Result<readonly ListedObject[]>>;
};
