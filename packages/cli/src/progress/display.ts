import type { Report } from '@dtvem/contracts';
import { liveDisplay } from './live-display.ts';
import { logDisplay } from './log-display.ts';

/** Shows progress events to a person. `stop` leaves the terminal clean; nothing may be reported after it. */
export type Display = { readonly report: Report; readonly stop: () => void };

/** Live on a terminal that tells its size, line by line elsewhere. `now` is in milliseconds. */
export function createDisplay(stream: NodeJS.WriteStream, now: () => number): Display {
  return stream.isTTY && stream.columns > 0
    ? liveDisplay(stream, now)
    : logDisplay((text) => stream.write(text), now);
}
