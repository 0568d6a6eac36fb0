import type { ProgressEvent, Stage } from '@dtvem/contracts';
import { printAmount } from './amount.ts';
import type { Display } from './display.ts';
import { printElapsed } from './elapsed.ts';

/** How long a count may stay silent in a log: often enough to see that it lives, rarely enough to read. */
const COUNT_EVERY_MS = 10_000;

/** One line an event, for logs and pipes. */
export function logDisplay(write: (text: string) => void, now: () => number): Display {
  const start = now();
  const lastCount = new Map<string, number>();
  let stage: Stage | '' = '';

  const line = (text: string) =>
    write(`[${printElapsed(now() - start).padStart(6)}] ${stage.padEnd(9)} ${text}\n`);
  const report = (event: ProgressEvent) => {
    switch (event.kind) {
      case 'stage':
        stage = event.stage;
        return;
      case 'count': {
        const last = lastCount.get(event.text) ?? start;
        if (now() - last < COUNT_EVERY_MS) return;
        lastCount.set(event.text, now());
        return line(`${event.text}: ${printAmount(event)}`);
      }
      default:
        return line(event.text);
    }
  };
  return { report, stop: () => {} };
}
