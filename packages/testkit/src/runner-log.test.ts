import { expect, test } from 'vitest';
import { obeyedCommands } from './runner-log.ts';

test('commands are obeyed at the start of a line, and old ones anywhere in it', () => {
  const log = 'x ::error::no\n  ::error title=a%3Ab,file=f::100%25%0Ayes\r\nx ##[warning]w\n';
  expect(obeyedCommands(log)).toEqual([
    { name: 'error', properties: { title: 'a:b', file: 'f' }, message: '100%\nyes' },
    { name: 'warning', properties: {}, message: 'w' },
  ]);
});

test('nothing is obeyed between stop-commands and its token', () => {
  const log = '::stop-commands::t\n::error::a\n##[error]b\n::other::\n::t::\n::notice::c\n';
  expect(obeyedCommands(log).map(({ name }) => name)).toEqual(['notice']);
});
