import fc from 'fast-check';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import {
  boolean,
  choice,
  type Input,
  integer,
  json,
  list,
  optional,
  repository,
  secret,
  text,
  traitsOf,
} from './input.ts';

function read<T>(input: Input<T>, given: string): T | string {
  const parsed = v.safeParse(input, given);
  return parsed.success ? parsed.output : parsed.issues.map(({ message }) => message).join('; ');
}

test.each([
  ['text', text(), '  a b ', 'a b'],
  ['text', text(), ' \n', 'is required and was left empty'],
  ['secret', secret(), 'x', 'x'],
  ['boolean', boolean(), 'True', true],
  ['boolean', boolean(), 'false', false],
  ['boolean', boolean(), 'yes', 'must be true or false'],
  ['integer', integer({ min: 1, max: 9 }), '9', 9],
  ['integer', integer({ min: 1, max: 9 }), '10', 'must be a whole number from 1 to 9'],
  ['integer', integer(), '1.0', 'must be a whole number of at least 0'],
  ['integer', integer(), '9007199254740993', 'must be a whole number of at least 0'],
  ['choice', choice(['a', 'b']), 'b', 'b'],
  ['choice', choice(['a', 'b']), 'B', 'must be one of: a, b'],
  ['list', list(), 'a\r\n\n b ', ['a', 'b']],
  ['list', list(), '', []],
  ['repository', repository(), 'o/r.x', { owner: 'o', repo: 'r.x' }],
  ['repository', repository(), 'o/r/x', 'must be a repository: owner/name'],
  ['json', json(v.strictObject({ a: v.number() }), 'x'), '{"a":1}', { a: 1 }],
  ['json', json(v.strictObject({ a: v.number() }), 'x'), '{', 'is not JSON'],
  ['optional', optional(integer()), ' ', undefined],
  ['optional', optional(integer()), '3', 3],
  ['optional', optional(integer()), 'x', 'must be a whole number of at least 0'],
])('%s', (_, input: Input, given, wanted) => {
  expect(read(input, given)).toEqual(wanted);
});

test('an optional secret is still masked', () => {
  expect(traitsOf(optional(secret()))).toEqual({ type: 'Secret', mayBeEmpty: true, secret: true });
});

test('any text at all gives a value or a message', () => {
  const inputs: readonly Input[] = [
    text(),
    boolean(),
    integer(),
    list(),
    repository(),
    optional(choice(['a'])),
    json(v.unknown(), 'x'),
  ];
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...inputs), (given, input) => {
      expect(() => v.safeParse(input, given)).not.toThrow();
    }),
  );
});
