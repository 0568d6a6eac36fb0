import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { testInFolder } from '../test/test-in-folder.ts';
import { findTools } from './find-tools.ts';
import { checkMachine } from './machine-check.ts';
import machineTools from './machine-tools.json' with { type: 'json' };
import schema from './machine-tools.schema.json' with { type: 'json' };

const EXABYTE = 1e18;

testInFolder(
  'a machine that has everything passes, also for a folder that is not there yet',
  async ({ folder }) => {
    const checked = await checkMachine({
      tools: ['sh', 'ls'],
      diskBytes: 1,
      folder: join(folder, 'not/yet'),
    });
    expect(checked).toEqual({ ok: true, value: undefined });
  },
);

testInFolder('everything that is missing is named at once', async ({ folder }) => {
  const checked = await checkMachine({
    tools: ['sh', 'no-such-tool', 'nor-this'],
    diskBytes: EXABYTE,
    folder,
  });
  expect(checked).toMatchObject({
    ok: false,
    problem: {
      code: 'machine-lacks-tools',
      message: expect.stringMatching(/lacks no-such-tool and nor-this; and the disk of .* GiB are needed\.$/),
      next: expect.stringContaining('Debian: sudo apt-get install no-such-tool nor-this; Fedora:'),
    },
  });
});

testInFolder('a full disk alone is a problem of its own', async ({ folder }) => {
  const checked = await checkMachine({ tools: [], diskBytes: EXABYTE, folder });
  expect(checked).toMatchObject({ ok: false, problem: { code: 'disk-space-low' } });
});

testInFolder(
  'tools are looked for in the given folders, in order, and must be executable',
  async ({ folder }) => {
    const [first, second] = [join(folder, 'first'), join(folder, 'second')];
    for (const place of [first, second]) await mkdir(place);
    for (const tool of [join(first, 'make'), join(second, 'make'), join(second, 'perl')]) {
      await writeFile(tool, '');
      await chmod(tool, 0o755);
    }
    await writeFile(join(first, 'cc'), 'not a program', { mode: 0o644 });
    const found = await findTools(['make', 'perl', 'cc'], [first, second]);
    expect(Object.fromEntries(found)).toEqual({ make: first, perl: second, cc: undefined });
  },
);

test('the table of packages follows its schema', () => {
  const validate = new Ajv().compile(schema);
  expect(validate(machineTools), JSON.stringify(validate.errors)).toBe(true);
});
