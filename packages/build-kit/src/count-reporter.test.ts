import type { ProgressEvent } from '@dtvem/contracts';
import { expect, test } from 'vitest';
import { countReporter } from './count-reporter.ts';

test('reports the first and the last number, and between them no more than a few a second', () => {
  const events: ProgressEvent[] = [];
  let now = 0;
  const counter = countReporter(
    (event) => events.push(event),
    { text: 'work', unit: 'lines', of: 1000 },
    () => now,
  );
  for (let done = 1; done <= 1000; done += 1) {
    now = done;
    counter.update(done);
  }
  counter.finish(1000);
  const numbers = events.map((event) => (event.kind === 'count' ? event.done : undefined));
  expect(numbers).toEqual([1, 201, 401, 601, 801, 1000]);
  expect(events[0]).toEqual({ kind: 'count', text: 'work', unit: 'lines', of: 1000, done: 1 });
});
