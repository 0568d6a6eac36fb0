import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OutputLines } from './output-lines.ts';

function follow(...chunks: readonly (string | Buffer)[]) {
  const lines = new OutputLines();
  for (const chunk of chunks) lines.add(Buffer.from(chunk));
  const tail = lines.end();
  return { count: lines.count, tail };
}

test('where the chunks are cut makes no difference', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.nat(100)), (text, cuts) => {
      const bytes = Buffer.from(text);
      const edges = [
        0,
        ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b),
        bytes.length,
      ];
      const chunks = edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge));
      expect(follow(...chunks)).toEqual(follow(bytes));
    }),
  );
});

test('counts every line end, and a last line without one', () => {
  expect(follow('a\n', '\nb\nc')).toEqual({ count: 4, tail: ['a', '', 'b', 'c'] });
  expect(follow('')).toEqual({ count: 0, tail: [] });
});

test('keeps the last 40 lines, each of bounded length', () => {
  const { count, tail } = follow('first\n'.repeat(50), 'x'.repeat(1_000_000), '\nlast\n');
  expect(count).toBe(52);
  expect(tail).toHaveLength(40);
  expect(tail.at(-2)).toBe('x'.repeat(400));
});

test('removes colours, control characters and marks that turn text around', () => {
  expect(follow('\u001b[1;31merror:\u001b[0m bad\tthing\u0007\r\u202egnirts\n').tail).toEqual([
    'error: bad thinggnirts',
  ]);
});
