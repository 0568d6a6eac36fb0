import { S3ServiceException } from '@aws-sdk/client-s3';
import { fail, type Result } from '@dtvem/contracts';

/**
 * What went wrong in a call to the store, as a Problem. `call` reads like `write python/3.13.5/… to bucket builds`.
 * The server's own words are untrusted and go into the detail alone. Throws what is no failure of the store.
 */
export function storeProblem(error: unknown, call: string, signal: AbortSignal | undefined): Result<never> {
  if (signal?.aborted)
    return fail('interrupted', `It was interrupted while it tried to ${call}.`, 'Run it again.');
  if (!isOfTheStore(error)) throw error;
  const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
  const detail = describeError(error);
  if (status === undefined) {
    return fail(
      'store-unreachable',
      `The store gave no answer to the attempt to ${call}.`,
      'Check the endpoint and the network, then run it again: what is already stored is kept.',
      detail,
    );
  }
  if (status === 401 || status === 403) {
    return fail(
      'store-denied',
      `The store refused to ${call} (HTTP ${status}).`,
      'Check the access key, its permission for this bucket, a lock on the key, and this machine’s clock.',
      detail,
    );
  }
  if (status === 409 || status === 429 || (status >= 500 && status !== 501)) {
    return fail(
      'store-busy',
      `The store could not ${call} just now (HTTP ${status}).`,
      'Run it again in a minute: what is already stored is kept.',
      detail,
    );
  }
  return fail(
    'store-failed',
    `The store cannot ${call} (HTTP ${status}).`,
    'Check the bucket’s name and the endpoint: they may belong to something else.',
    detail,
  );
}

/** A failure of the network or the server, as opposed to a bug here: the client and Node.js mark theirs. */
function isOfTheStore(error: unknown): boolean {
  return error instanceof Error && ('$metadata' in error || 'code' in error);
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  return `${error.name}${code}: ${error.message}`.slice(0, 500);
}
