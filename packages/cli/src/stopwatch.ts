import type { Report, Stage } from '@dtvem/contracts';

/** How long a stage took, in seconds. */
export type StageDuration = { readonly stage: Stage; readonly seconds: number };

/** Announces stages and measures each until the next begins. `now` is in milliseconds. */
export function createStopwatch(report: Report, now: () => number) {
  const durations: StageDuration[] = [];
  let current: { readonly stage: Stage; readonly since: number } | undefined;

  const finish = () => {
    if (current === undefined) return;
    durations.push({ stage: current.stage, seconds: Math.round((now() - current.since) / 100) / 10 });
    current = undefined;
  };
  const begin = (stage: Stage) => {
    finish();
    current = { stage, since: now() };
    report({ kind: 'stage', stage });
  };
  const stop = (): readonly StageDuration[] => {
    finish();
    return durations;
  };
  return { begin, stop, stage: () => current?.stage, sofar: (): readonly StageDuration[] => [...durations] };
}
export type Stopwatch = ReturnType<typeof createStopwatch>;
