import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'vitest';

/** A test that gets a new, empty folder of its own. */
export const testInFolder = test.extend<{ folder: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest demands a destructured first parameter.
  folder: async ({}, use) => {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'dtvem-test-')));
    await use(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  },
});
