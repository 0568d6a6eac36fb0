import * as v from 'valibot';
import { expect, test } from 'vitest';
import { apiSection, findApiSection, withApiSection } from './api-tables.ts';

const section = apiSection(
  {
    name: 'x',
    description: 'x',
    author: 'x',
    branding: { icon: 'x', color: 'x' },
    inputs: { mode: { description: 'Which\nway | how', required: false, default: 'fast' } },
    outputs: { result: { description: 'What came of it' } },
    runs: { using: 'node24', main: 'dist/index.cjs' },
  },
  {
    name: 'x',
    inputs: { mode: v.pipe(v.string(), v.metadata({ type: 'Text', mayBeEmpty: false, secret: false })) },
    outputs: [],
  },
);

test('the tables hold what action.yml and the spec say', () => {
  expect(section).toContain('| `mode` | Text | no | `fast` | Which way \\| how |');
  expect(section).toContain('| `result` | What came of it |');
});

test('the section is written between its markers and found again', () => {
  const readme = withApiSection('# x\n\n<!-- api -->\nold $& tables\n<!-- /api -->\n\nend\n', section);
  expect(findApiSection(readme)).toBe(section);
  expect(readme).toMatch(/^# x\n\n<!-- api -->[\s\S]*<!-- \/api -->\n\nend\n$/);
  expect(() => withApiSection('# x\n', section)).toThrow('no <!-- api -->');
});
