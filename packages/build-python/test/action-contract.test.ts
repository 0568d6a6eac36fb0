import { resolve } from 'node:path';
import { actionFaults } from '@dtvem/testkit';
import { expect, test } from 'vitest';
import { spec } from '../src/spec.ts';

test('action.yml, the code and the README say the same', async () => {
  expect(await actionFaults(resolve(import.meta.dirname, '..'), spec)).toEqual([]);
});
