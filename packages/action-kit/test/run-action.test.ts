import { type ActionRun, spawnAction } from '@dtvem/testkit';
import { expect, test } from 'vitest';

const probe = `${import.meta.dirname}/probe`;

function run(act: string, text = '', inputs: Record<string, string> = {}): Promise<ActionRun> {
  return spawnAction(probe, { inputs: { act, text, ...inputs } });
}

const HOSTILE = 'a\nEOF\n::error::x\n##[error]y\n::stop-commands::z\n::add-mask::0%0A\n<b>@you</b>\u001B[31m';

test('a step that succeeds sets its outputs, the summary and exit code 0', async () => {
  const { exitCode, outputs, summary, annotations } = await run('succeed', 'héllo');
  expect(exitCode).toBe(0);
  expect(outputs).toEqual({
    echo: 'héllo',
    result: '{"schemaVersion":1,"text":"done"}',
    'reason-code': '',
  });
  expect(summary).toBe('## Seen');
  expect(annotations).toEqual([]);
});

test('a problem fails the job, with all outputs, an annotation and its next step', async () => {
  const { exitCode, outputs, summary, annotations } = await run('refuse', '3.13.55');
  expect(exitCode).toBe(1);
  expect(outputs['reason-code']).toBe('version-unknown');
  expect(outputs['echo']).toBe('3.13.55');
  expect(JSON.parse(outputs['result'] ?? '')).toEqual({
    schemaVersion: 1,
    problem: {
      code: 'version-unknown',
      message: 'There is no 3.13.55.',
      next: 'Ask for another one.',
      detail: '3.13.55',
    },
  });
  expect(annotations).toEqual([
    {
      name: 'error',
      properties: { title: 'probe: version-unknown' },
      message: 'There is no 3.13.55. Ask for another one.',
    },
  ]);
  expect(summary).toContain('**Next:** Ask for another one.');
});

test('every wrong input is named at once, and the secret is masked all the same', async () => {
  const { exitCode, outputs, commands } = await run('dance', '', { number: '10', password: 'one\ntwo' });
  expect(exitCode).toBe(1);
  expect(outputs['reason-code']).toBe('input-invalid');
  const { problem } = JSON.parse(outputs['result'] ?? '');
  expect(problem.message).toContain('Input act: must be one of: succeed, refuse');
  expect(problem.message).toContain('Input number: must be a whole number from 1 to 9.');
  expect(commands.filter(({ name }) => name === 'add-mask').map(({ message }) => message)).toEqual([
    'one',
    'two',
  ]);
});

test.each([
  ['throw', 'thrown: here'],
  ['throw-later', 'thrown outside of the step'],
  ['stop', 'the step stopped without an end'],
  ['wrong-result', 'the step returned a result of the wrong shape'],
])('%s is reported as a bug of ours', async (act, message) => {
  const { exitCode, outputs, annotations, stdout } = await run(act, 'here');
  expect(exitCode).toBe(1);
  expect(outputs['reason-code']).toBe('bug');
  expect(outputs['echo']).toBe('here');
  expect(annotations[0]?.message).toContain('This is a bug in probe, not a mistake of yours: ');
  expect(annotations[0]?.message).toContain(message);
  expect(stdout).toMatch({ 'wrong-result': /text: /, stop: /run-action\.ts:/ }[act] ?? /main\.ts:/);
});

test.each(['succeed', 'print', 'refuse', 'throw'])(
  'hostile text cannot speak to the runner: %s',
  async (act) => {
    const { outputs, commands } = await run(act, HOSTILE);
    expect(outputs['echo']).toBe(HOSTILE.trim());
    expect(Object.keys(outputs).sort()).toEqual(['echo', 'reason-code', 'result']);
    const names = commands.map(({ name }) => name).filter((name) => !['group', 'endgroup'].includes(name));
    expect(names).toEqual(['succeed', 'print'].includes(act) ? ['add-mask'] : ['add-mask', 'error']);
  },
);

test.concurrent('a cancelled job ends as interrupted when the step gives up', async () => {
  const { exitCode, outputs, milliseconds } = await spawnAction(probe, {
    inputs: { act: 'wait', text: 'it waits' },
    cancelOn: 'it waits',
  });
  expect(exitCode).toBe(1);
  expect(outputs['reason-code']).toBe('interrupted');
  expect(milliseconds).toBeLessThan(4000);
});

test.concurrent('a cancelled job ends as interrupted before the runner kills it, even when the step does not give up', async () => {
  const { exitCode, outputs, milliseconds } = await spawnAction(probe, {
    inputs: { act: 'ignore-signal', text: 'it waits' },
    cancelOn: 'it waits',
  });
  expect(exitCode).toBe(1);
  expect(outputs['reason-code']).toBe('interrupted');
  expect(milliseconds).toBeLessThan(9500);
});
