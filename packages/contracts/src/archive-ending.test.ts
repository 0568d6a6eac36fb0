import { expect, test } from 'vitest';
import { publishedEndings } from './archive-ending.ts';

test.each([
  ['https://nodejs.example/dist/v10.0.0/node-v10.0.0-linux-x64.tar.xz', ['.tar.xz']],
  ['https://example.test/a.tar.bz2', ['.tar.bz2']],
  ['https://example.test/a.7z', ['.7z']],
  ['built-from-source', ['.tar.gz', '.tar.xz', '.zip', '.7z']],
  ['https://example.test/a.tar.zst', ['.tar.gz', '.tar.xz', '.zip', '.7z']],
])('%s', (sourceUrl, endings) => {
  expect(publishedEndings(sourceUrl)).toEqual(endings);
});
