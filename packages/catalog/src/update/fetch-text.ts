import { fail, ok, type Result } from '@dtvem/contracts';

/** Fetches a list as text. Fails with `source-unavailable`. */
export type FetchText = (url: string) => Promise<Result<string>>;

const TIME_LIMIT_MS = 60_000;
/** All of python.org's release files are about 4 MB, Ruby's index is 1 MB. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Over HTTP. A redirect counts as a failure: the lists' addresses are known, and only those are trusted. */
export const fetchText: FetchText = async (url) => {
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIME_LIMIT_MS) });
    if (!response.ok) return unavailable(url, `it answered ${response.status}`);
    return await readBounded(url, response.body);
  } catch (error) {
    return unavailable(url, error instanceof Error ? describe(error) : 'the connection failed');
  }
};

async function readBounded(url: string, body: Response['body']): Promise<Result<string>> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) return unavailable(url, `it is longer than ${MAX_BYTES} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return ok(text + decoder.decode());
}

/** Fetch itself only says `fetch failed`; the cause says why. */
function describe(error: Error): string {
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}

function unavailable(url: string, why: string): Result<string> {
  return fail('source-unavailable', `The list ${url} could not be read: ${why}.`, 'Try again later.');
}
