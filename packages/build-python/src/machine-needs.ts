import type { MachineNeeds } from '@dtvem/build-kit';

/** Measured with the 3.13.5 build: 1.3 GiB at its peak with dependencies, doubled for profiles of later versions. */
const DISK_BYTES = 3 * 2 ** 30;

/** What a machine must have to build Python, for `checkMachine`. */
export function pythonNeeds(workFolder: string): MachineNeeds {
  return {
    tools: ['cc', 'gcc', 'g++', 'make', 'perl', 'ar', 'ranlib', 'strip'],
    diskBytes: DISK_BYTES,
    folder: workFolder,
  };
}
