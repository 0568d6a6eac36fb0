import { Readable } from 'node:stream';
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { fail, ok, type Result } from '@dtvem/contracts';
import type { ListedObject, NewObject, ObjectDescription, ObjectStore, PutOutcome } from './object-store.ts';
import { RETRY_POLICY, type RetryPolicy, withRetries } from './retry.ts';
import { storeProblem } from './store-problem.ts';

export type Credentials = { readonly accessKeyId: string; readonly secretAccessKey: string };

export type S3StoreOptions = {
  /** Base address of the S3 interface, the bucket not included. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly credentials: Credentials;
  /** `auto` for R2, which is the default. */
  readonly region?: string;
  readonly retries?: RetryPolicy;
};

/** A bucket of R2 or of any other server with the S3 interface. */
export function s3Store(options: S3StoreOptions): ObjectStore {
  const client = r2Client(options);
  const Bucket = options.bucket;
  const name = `bucket ${options.bucket} at ${options.endpoint}`;
  const policy = options.retries ?? RETRY_POLICY;

  function tried<T>(what: string, signal: AbortSignal | undefined, attempt: () => Promise<Result<T>>) {
    const once = () => attempt().catch((error) => storeProblem(error, `${what} ${name}`, signal));
    return withRetries<T>(once, policy, signal);
  }

  return {
    name,
    put: (object, signal) =>
      tried(`write ${object.key} to`, signal, () => putOnce(client, Bucket, object, signal)),
    head: (key, signal) =>
      tried(`look at ${key} in`, signal, async () => {
        const found = await orMissing(
          client.send(new HeadObjectCommand({ Bucket, Key: key }), withSignal(signal)),
        );
        return ok(found && describeObject(found));
      }),
    get: (key, read, signal) =>
      tried(`read ${key} from`, signal, async () => {
        const found = await orMissing(
          client.send(new GetObjectCommand({ Bucket, Key: key }), withSignal(signal)),
        );
        if (found === undefined) return ok(undefined);
        if (!(found.Body instanceof Readable))
          throw new TypeError('On Node.js the client answers with a Readable.');
        return ok(await read(found.Body, describeObject(found)));
      }),
    list: (prefix, signal) =>
      tried(`list ${prefix} of`, signal, () => listAll(client, Bucket, prefix, signal)),
  };
}

/** The client with what R2 needs: it knows neither trailing checksums nor `100 Continue`. */
function r2Client(options: S3StoreOptions): S3Client {
  const silent = () => {};
  return new S3Client({
    endpoint: options.endpoint,
    region: options.region ?? 'auto',
    credentials: { ...options.credentials },
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    expectContinueHeader: false,
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 10_000, socketTimeout: 60_000 },
    logger: { trace: silent, debug: silent, info: silent, warn: silent, error: silent },
  });
}

async function putOnce(
  client: S3Client,
  bucket: string,
  object: NewObject,
  signal: AbortSignal | undefined,
): Promise<Result<PutOutcome>> {
  const body = object.body();
  const bodyFailed = new AbortController();
  body.once('error', () => bodyFailed.abort());
  const either = AbortSignal.any([bodyFailed.signal, ...(signal === undefined ? [] : [signal])]);
  try {
    await client.send(putCommand(bucket, object, body), { abortSignal: either });
    return ok('stored');
  } catch (error) {
    if (bodyFailed.signal.aborted) return bodyProblem(object.key, body.errored);
    if (!isPreconditionFailed(error, object)) throw error;
    return ok(object.condition === 'create' ? 'exists' : 'changed');
  } finally {
    body.destroy();
  }
}

function putCommand(bucket: string, object: NewObject, body: Readable): PutObjectCommand {
  const { condition } = object;
  return new PutObjectCommand({
    Bucket: bucket,
    Key: object.key,
    Body: body,
    ContentLength: object.size,
    ChecksumSHA256: Buffer.from(object.sha256, 'hex').toString('base64'),
    ContentType: object.contentType,
    CacheControl: object.cacheControl,
    Metadata: { ...object.metadata },
    ...(condition === 'create' ? { IfNoneMatch: '*' } : { IfMatch: condition.ifMatch }),
  });
}

function bodyProblem(key: string, error: Error | null): Result<never> {
  return fail(
    'file-unreadable',
    `What should be stored as ${key} could not be read to its end.`,
    'Look at the file and its disk, then run it again.',
    error?.message,
  );
}

/** 412; and 404, which is S3's answer to `If-Match` on an object that has gone. */
function isPreconditionFailed(error: unknown, object: NewObject): boolean {
  if (!(error instanceof S3ServiceException)) return false;
  return (
    error.$metadata.httpStatusCode === 412 || (error.name === 'NoSuchKey' && object.condition !== 'create')
  );
}

type Described = {
  ContentLength?: number | undefined;
  ETag?: string | undefined;
  ContentType?: string | undefined;
  CacheControl?: string | undefined;
  Metadata?: Record<string, string> | undefined;
};

function describeObject(found: Described): ObjectDescription {
  return {
    size: found.ContentLength ?? 0,
    etag: found.ETag ?? '',
    contentType: found.ContentType ?? '',
    cacheControl: found.CacheControl ?? '',
    metadata: found.Metadata ?? {},
  };
}

/** The answer, or undefined where there is no such object. A missing bucket is no missing object. */
async function orMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof S3ServiceException && ['NoSuchKey', 'NotFound'].includes(error.name))
      return undefined;
    throw error;
  }
}

async function listAll(
  client: S3Client,
  bucket: string,
  prefix: string,
  signal: AbortSignal | undefined,
): Promise<Result<readonly ListedObject[]>> {
  const listed: ListedObject[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = new ListObjectsV2Command({
      Bucket: bucket,
      Prefix: prefix,
      ...(ContinuationToken && { ContinuationToken }),
    });
    const answer = await client.send(page, withSignal(signal));
    for (const { Key, Size } of answer.Contents ?? []) {
      if (Key !== undefined) listed.push({ key: Key, size: Size ?? 0 });
    }
    ContinuationToken = answer.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  return ok(listed);
}

function withSignal(signal: AbortSignal | undefined): { abortSignal?: AbortSignal } {
  return signal === undefined ? {} : { abortSignal: signal };
}
