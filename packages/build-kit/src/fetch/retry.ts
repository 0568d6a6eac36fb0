import timers from 'node:timers/promises';

/** How patient a download is; times in milliseconds. */
export type Patience = {
  /** Without a byte for this long, a connection counts as dead. */
  readonly idle: number;
  readonly attempts: number;
  /** The first pause between attempts; it doubles each time, less up to half of it by chance. */
  readonly pause: number;
  /** The longest pause, also when a server asks for a longer one. */
  readonly longestPause: number;
};

export const DEFAULT_PATIENCE: Patience = { idle: 30_000, attempts: 5, pause: 500, longestPause: 20_000 };

/** What one attempt came to: an end, or a reason to try again after at least `after` milliseconds. */
export type Step<T> =
  | { readonly again: false; readonly value: T }
  | { readonly again: true; readonly value: T; readonly after?: number | undefined };

/** Tries until an attempt is final or all are used up, and gives the last value. Rejects when aborted. */
export async function retry<T>(
  attempt: () => Promise<Step<T>>,
  options: { readonly patience: Patience; readonly random: () => number; readonly signal: AbortSignal },
): Promise<T> {
  const { patience, random, signal } = options;
  for (let made = 1; ; made += 1) {
    const step = await attempt();
    if (!step.again || made >= patience.attempts) return step.value;
    const backoff = patience.pause * 2 ** (made - 1) * (1 - random() / 2);
    await timers.setTimeout(Math.min(Math.max(backoff, step.after ?? 0), patience.longestPause), undefined, {
      signal,
    });
  }
}
