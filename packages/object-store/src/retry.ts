import { scheduler } from 'node:timers/promises';
import type { ReasonCode, Result } from '@dtvem/contracts';

/** How often a call is tried in all, and how long the first wait is at most; each further wait may be twice as long. */
export type RetryPolicy = { readonly tries: number; readonly firstWaitMs: number };

export const RETRY_POLICY: RetryPolicy = { tries: 4, firstWaitMs: 500 };

const WORTH_ANOTHER_TRY: ReadonlySet<ReasonCode> = new Set(['store-busy', 'store-unreachable']);

/**
 * Runs `attempt` until it ends in something that another try would not change. The client's own retries are off:
 * they cannot send a stream a second time, and they end where a response's headers do.
 */
export async function withRetries<T>(
  attempt: () => Promise<Result<T>>,
  policy: RetryPolicy,
  signal: AbortSignal | undefined,
): Promise<Result<T>> {
  for (let done = 1; ; done += 1) {
    const result = await attempt();
    if (result.ok || done >= policy.tries || !WORTH_ANOTHER_TRY.has(result.problem.code)) return result;
    // An interruption while waiting shows in the next attempt, which then ends at once.
    const longest = policy.firstWaitMs * 2 ** (done - 1);
    const wait = longest * (0.5 + Math.random() / 2);
    await scheduler.wait(wait, signal === undefined ? {} : { signal }).catch(() => {});
  }
}
