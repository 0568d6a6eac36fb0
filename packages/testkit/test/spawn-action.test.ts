import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeTempFolder, spawnAction, TOKEN_OF_JOB } from '../src/index.ts';

const ACTION = `
name: sample
description: A sample
author: us
branding: { icon: eye, color: blue }
inputs:
  plain-one: { description: Plain, required: false, default: three }
  token: { description: Token, required: false, default: '\${{ github.token }}' }
  number: { description: Number, required: false, default: '\${{ github.event.issue.number }}' }
outputs:
  env: { description: The environment }
runs: { using: node24, main: main.cjs }
`;

const PRINT = `
const { appendFileSync, readFileSync } = require('node:fs');
appendFileSync(process.env.GITHUB_OUTPUT, 'env=' + JSON.stringify(process.env) + '\\n');
appendFileSync(process.env.GITHUB_STEP_SUMMARY, readFileSync(process.env.GITHUB_EVENT_PATH));
console.log('::warning title=t::' + process.version);
process.exit(3);
`;

async function makeAction(code: string): Promise<string> {
  const { path, remove } = await makeTempFolder();
  onTestFinished(remove);
  await writeFile(join(path, 'action.yml'), ACTION);
  await writeFile(join(path, 'main.cjs'), code);
  return path;
}

test('an action gets its inputs, the defaults and the files of a runner, and nothing of this process', async () => {
  process.env['LEAKED'] = 'yes';
  onTestFinished(() => void delete process.env['LEAKED']);
  const { exitCode, outputs, summary, annotations } = await spawnAction(await makeAction(PRINT), {
    event: { issue: { number: 7 } },
    env: { EXTRA: 'x' },
  });
  const env = JSON.parse(outputs['env'] ?? '');
  expect(env).toMatchObject({
    'INPUT_PLAIN-ONE': 'three',
    INPUT_TOKEN: TOKEN_OF_JOB,
    INPUT_NUMBER: '7',
    EXTRA: 'x',
  });
  expect(env).not.toHaveProperty('LEAKED');
  expect([exitCode, summary]).toEqual([3, '{"issue":{"number":7}}']);
  expect(annotations).toEqual([
    { name: 'warning', properties: { title: 't' }, message: expect.stringMatching(/^v24\./) },
  ]);
});

test('an input that action.yml lacks is an error of the test', async () => {
  const call = spawnAction(await makeAction(PRINT), { inputs: { 'plain-two': 'x' } });
  await expect(call).rejects.toThrow('action.yml has no input plain-two.');
});

test('a job is cancelled as the runner does it', async () => {
  const folder = await makeAction(
    'process.on("SIGINT", () => process.exit(9)); setInterval(() => {}, 1000); console.log("waiting");',
  );
  const { exitCode } = await spawnAction(folder, { cancelOn: 'waiting' });
  expect(exitCode).toBe(9);
});
