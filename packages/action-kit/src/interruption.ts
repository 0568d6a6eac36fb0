import type { Problem } from '@dtvem/contracts';

/** A cancelled job gets SIGINT, SIGTERM 7.5 seconds later, and is killed 2.5 seconds after that. */
const SECONDS_TO_CLEAN_UP = 5;

export const INTERRUPTED: Problem = {
  code: 'interrupted',
  message: 'The run was cancelled before it was done.',
  next: 'Run it again: nothing was left half-published.',
};

/** A signal that is aborted when the runner cancels the job; `late` is called when the step then takes too long. */
export function abortWhenCancelled(late: () => void): AbortSignal {
  const controller = new AbortController();
  function cancel(): void {
    if (controller.signal.aborted) return;
    controller.abort();
    setTimeout(late, SECONDS_TO_CLEAN_UP * 1000).unref();
  }
  process.on('SIGINT', cancel);
  process.on('SIGTERM', cancel);
  return controller.signal;
}
