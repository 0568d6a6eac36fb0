import { describe, expect, it } from 'vitest';
import { printAmount } from './amount.ts';
import { printElapsed } from './elapsed.ts';
import { logDisplay } from './log-display.ts';

function displayAt() {
  let time = 0;
  let text = '';
  const display = logDisplay(
    (more) => {
      text += more;
    },
    () => time,
  );
  return { ...display, at: (ms: number) => (time = ms), lines: () => text.split('\n').slice(0, -1) };
}

describe('logDisplay', () => {
  it('says the stage, what it does and the time since the start, a line each', () => {
    const { report, at, lines } = displayAt();
    report({ kind: 'stage', stage: 'build' });
    at(61_000);
    report({ kind: 'doing', text: 'zlib 1.3.1: make' });
    expect(lines()).toEqual(['[  1:01] build     zlib 1.3.1: make']);
  });

  it('thins counts out, each thing by itself', () => {
    const { report, at, lines } = displayAt();
    const count = (text: string, done: number) => report({ kind: 'count', text, done, unit: 'lines' });
    at(9_000);
    count('openssl: make', 10);
    at(10_000);
    count('openssl: make', 11);
    count('sqlite: make', 3);
    at(15_000);
    count('openssl: make', 99);
    expect(lines()).toEqual([
      '[  0:10]           openssl: make: 11 lines',
      '[  0:10]           sqlite: make: 3 lines',
    ]);
  });
});

describe('amounts', () => {
  it('are for people', () => {
    const bytes = { kind: 'count', text: '', done: 12_340_000, unit: 'bytes' } as const;
    expect(printAmount(bytes)).toBe('12.3 MB');
    expect(printAmount({ ...bytes, of: 53_153_930 })).toBe('12.3 of 53.2 MB');
    expect(printElapsed(3_729_000)).toBe('1:02:09');
  });
});
