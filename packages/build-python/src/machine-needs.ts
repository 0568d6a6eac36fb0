import type { MachineNeeds } from '@dtvem/build-kit';

/**
 * `du -s` after a quick build of 3.13.5 with nothing cached and nothing cleaned up: 1.1 GiB with its downloads. Objects
 * of an optimized build are larger.
 */
const DISK_BYTES = 2 * 2 ** 30;

/** What a machine must have to build Python, for `checkMachine`. */
export function pythonNeeds(workFolder: string): MachineNeeds {
  return {
    tools: ['cc', 'gcc', 'g++', 'make', 'perl', 'ar', 'ranlib', 'strip'],
    diskBytes: DISK_BYTES,
    folder: workFolder,
  };
}
