import { expect, test } from 'vitest';
import { logCommand, plainLine, withCommandsStopped } from './log-command.ts';

test('a command escapes what it carries', () => {
  expect(logCommand('error', { title: 'a:b,c' }, '100%\n::x::')).toBe(
    '::error title=a%3Ab%2Cc::100%25%0A::x::\n',
  );
  expect(logCommand('endgroup', {}, '')).toBe('::endgroup::\n');
});

test.each(['::error::x', ' \t::error::x', '\u001B[1m::error::x', 'a\r\n::error::x', 'x ##[error]y'])(
  'a plain line is one line and no command: %j',
  (text) => {
    const line = plainLine(text);
    expect(line.split('\n')).toHaveLength(2);
    expect(line).not.toMatch(/^\s*::|##\[/);
    expect(line).toContain(text.includes('y') ? 'y' : '::error::x');
  },
);

test('text between stopped commands cannot start them again', () => {
  expect(withCommandsStopped('a\n::token::\nb', 'token')).toBe(
    '::stop-commands::token\na\n::::\nb\n::token::\n',
  );
});
