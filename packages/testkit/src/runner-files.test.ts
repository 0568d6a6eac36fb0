import { expect, test } from 'vitest';
import { parseOutputs } from './runner-files.ts';

test('outputs are read as the runner reads them', () => {
  expect(parseOutputs('a=1=2\nb<<end\none\n\ntwo=<<\nend\nc<<x\nx\n')).toEqual({
    a: '1=2',
    b: 'one\n\ntwo=<<',
    c: '',
  });
});

test('what the runner would refuse is an error', () => {
  expect(() => parseOutputs('b<<end\none\n')).toThrow('No line end ends this output');
  expect(() => parseOutputs('just words\n')).toThrow('The runner refuses this output line: just words');
});
