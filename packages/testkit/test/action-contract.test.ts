import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { expect, onTestFinished, test } from 'vitest';
import {
  actionFaults,
  apiSection,
  type DescribedAction,
  makeTempFolder,
  readActionFile,
} from '../src/index.ts';

const ACTION = `
name: sample
description: A sample
author: us
branding: { icon: eye, color: blue }
inputs:
  mode: { description: Which way, required: true }
  count: { description: How often, required: false, default: '3' }
  note: { description: A word more, required: false, default: '' }
outputs:
  result: { description: What came of it }
  reason-code: { description: Why not }
  url: { description: Where it is }
runs: { using: node24, main: dist/index.cjs }
`;

function input(mayBeEmpty: boolean): v.GenericSchema<string> {
  return v.pipe(v.string(), v.maxLength(1), v.metadata({ type: 'Text', mayBeEmpty, secret: false }));
}

const SPEC: DescribedAction = {
  name: 'sample',
  inputs: { mode: input(false), count: input(false), note: input(true) },
  outputs: ['url'],
};

async function makeAction(yaml = ACTION, spec = SPEC): Promise<string> {
  const temp = await makeTempFolder();
  onTestFinished(() => temp.remove());
  const folder = join(temp.path, 'sample');
  await mkdir(folder);
  await writeFile(join(folder, 'action.yml'), yaml);
  const api = apiSection(await readActionFile(folder), spec);
  await writeFile(
    join(folder, 'README.md'),
    `# sample\n\n## Requirements\n\n## Usage\n\n## API\n\n${api}\n\n## Errors\n`,
  );
  return folder;
}

test('an action that says the same everywhere has no faults', async () => {
  expect(await actionFaults(await makeAction(), SPEC)).toEqual([]);
});

test('whatever is described in one place alone is named', async () => {
  const faults = await actionFaults(await makeAction(), {
    name: 'example',
    inputs: { count: input(false), note: input(true), further: input(true) },
    outputs: ['address'],
  });
  expect(faults).toEqual(
    expect.arrayContaining([
      'the spec is named example',
      'the spec lacks input mode',
      'action.yml lacks input further',
      'the spec lacks output url',
      'action.yml lacks output address',
    ]),
  );
});

test('defaults and emptiness must agree', async () => {
  const yaml = ACTION.replace("default: '3'", "default: '33'").replace(
    'A word more, required: false',
    'A word more, required: true',
  );
  expect(await actionFaults(await makeAction(yaml), SPEC)).toEqual([
    'the default of input count is one that the spec refuses',
    'input note may not be empty in action.yml, unlike in the spec',
  ]);
});

test('a README that is out of date or lacks a section is named', async () => {
  const folder = await makeAction();
  await writeFile(join(folder, 'action.yml'), ACTION.replace('Which way', 'Which route'));
  expect(await actionFaults(folder, SPEC)).toEqual([
    'the README has other API tables: run scripts/action-docs.ts',
  ]);
  await writeFile(join(folder, 'README.md'), '# sample\n');
  expect(await actionFaults(folder, SPEC)).toContain('the README has no section Usage');
});

test.each([
  ['node24', 'node20'],
  ['description: Which way', "description: ''"],
  ['author: us', 'author: us\nunknown: 1'],
])('an action.yml with %s as %s is refused', async (from, to) => {
  const folder = await makeAction();
  await writeFile(join(folder, 'action.yml'), ACTION.replace(from, to));
  await expect(readActionFile(folder)).rejects.toThrow();
});
