import { expect, test } from 'vitest';
import { startR2 } from '../src/index.ts';

test('the local R2 holds what is put into it until it is closed', async () => {
  const r2 = await startR2();
  const listed = await r2.store('builds').list('');
  expect(listed).toEqual({ ok: true, value: [] });
  const response = await fetch(r2.publicUrl('builds', 'nothing'));
  expect(response.status).toBe(404);
  await r2.close();
  await expect(fetch(r2.endpoint)).rejects.toThrow();
});
