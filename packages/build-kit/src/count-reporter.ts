import type { Report } from '@dtvem/contracts';

type Counted = { readonly text: string; readonly unit: 'bytes' | 'lines'; readonly of?: number };

const MILLISECONDS_BETWEEN_REPORTS = 200;

/**
 * Tells `report` how far something is, a few times a second at most: a compile prints thousands of lines.
 * Call `update` as often as wanted and `finish` once, which reports the last number.
 */
export function countReporter(
  report: Report,
  counted: Counted,
  now: () => number = performance.now.bind(performance),
) {
  let next = Number.NEGATIVE_INFINITY;
  const tell = (done: number) => report({ kind: 'count', ...counted, done });
  return {
    update(done: number): void {
      if (now() < next) return;
      next = now() + MILLISECONDS_BETWEEN_REPORTS;
      tell(done);
    },
    finish: tell,
  };
}
