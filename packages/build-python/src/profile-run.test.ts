import { describe, expect, it } from 'vitest';
import { readProfileRun } from './profile-run.ts';

describe('a profile run', () => {
  it('that went well has no failures', () => {
    const log = '0:00:00 load avg: 1.00 [ 1/44] test_array passed\n0:00:09 [44/44] test_xml_etree passed\n';
    expect(readProfileRun(log)).toEqual({ run: 44, failed: [] });
  });

  it('names each failed test once, from its line or from the list at the end', () => {
    const log = [
      '0:00:07 load avg: 2.20 [20/44/1] test_generators failed (1 failure) -- running: test_hashlib (2.0 sec)',
      '0:00:09 load avg: 2.20 [21/44/2] test_x worker non-zero exit code (Exit code -11 (SIGSEGV))',
      '2 tests failed:',
      '    test_generators test_x',
      '',
    ].join('\n');
    expect(readProfileRun(log)).toEqual({ run: 21, failed: ['test_generators', 'test_x'] });
  });

  it('that never ran counts nothing', () => {
    expect(readProfileRun('Segmentation fault\n')).toEqual({ run: 0, failed: [] });
  });
});
