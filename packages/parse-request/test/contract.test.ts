import { join } from 'node:path';
import { actionFaults } from '@dtvem/testkit';
import { expect, it } from 'vitest';
import { spec } from '../src/spec.ts';

it('action.yml, the code and the README say the same', async () => {
  expect(await actionFaults(join(import.meta.dirname, '..'), spec)).toEqual([]);
});
