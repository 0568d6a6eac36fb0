import { messageOf } from '../errno.ts';

export type HttpPolicy = {
  /** Whether plain http may be used, at first and after a redirect: only for a mirror that the user named. */
  readonly plainHttp: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
};

export type HttpAnswer =
  | { readonly kind: 'response'; readonly response: Response }
  | { readonly kind: 'refused'; readonly answer: string }
  | { readonly kind: 'broken'; readonly answer: string };

const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Failures that will be the same a moment later. */
const LASTING = new Set([
  'ENOTFOUND',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** One GET, its redirects followed under the policy. `broken` is worth another try, `refused` is not. */
export async function get(address: string, policy: HttpPolicy): Promise<HttpAnswer> {
  let url: URL | null = URL.parse(address);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const refusal = refusalOf(url, policy, redirects);
    if (url === null || refusal !== undefined)
      return { kind: 'refused', answer: refusal ?? 'has no valid address' };
    const answer = await getOnce(url, policy);
    if (answer.kind !== 'response' || !REDIRECTS.has(answer.response.status)) return answer;
    await dropBody(answer.response);
    url = URL.parse(answer.response.headers.get('location') ?? '', url.href);
  }
  return { kind: 'refused', answer: `redirected more than ${MAX_REDIRECTS} times` };
}

/** Frees the connection of a response whose body is not wanted; what is wrong with that body does not matter. */
export async function dropBody(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => {});
}

function refusalOf(url: URL | null, policy: HttpPolicy, redirects: number): string | undefined {
  if (url === null) return redirects > 0 ? 'redirected to no valid address' : 'has no valid address';
  if (url.protocol === 'https:' || (url.protocol === 'http:' && policy.plainHttp)) return undefined;
  return `${redirects > 0 ? 'redirected to' : 'is at'} ${url.protocol}//, which is not safe enough`;
}

async function getOnce(url: URL, policy: HttpPolicy): Promise<HttpAnswer> {
  try {
    // Without `identity` a server may send, and fetch unpack, what is pinned in its packed form.
    const headers = { 'accept-encoding': 'identity', ...policy.headers };
    return {
      kind: 'response',
      response: await fetch(url, { headers, redirect: 'manual', signal: policy.signal }),
    };
  } catch (error) {
    const { code, text } = causeOf(error);
    const lasting = LASTING.has(code) || /CERT|SIGNATURE|ALTNAME|SSL|TLS/.test(code);
    return { kind: lasting ? 'refused' : 'broken', answer: `could not be reached (${text})` };
  }
}

/** fetch says only "fetch failed"; the reason is in the cause. */
export function causeOf(error: unknown): { readonly code: string; readonly text: string } {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return { code, text: [code, messageOf(cause)].filter((part) => part !== '').join(': ') };
}
