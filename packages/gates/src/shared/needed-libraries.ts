import { posix } from 'node:path';
import type { ElfFile } from '../elf/read-elf.ts';
import { elfGate } from './elf-gate.ts';
import { resolveRunPath } from './origin-path.ts';

const GLIBC_FAMILY =
  /^(?:lib(?:c|m|dl|rt|util|pthread)\.so\.\d+|ld-linux[a-z0-9-]*\.so\.\d+|libgcc_s\.so\.1)$/;

export const neededLibraries = elfGate({
  id: 'needed-libraries',
  title: "Nothing but the C library's own family is needed from the machine",
  faults: ({ path, elf }, { files }) => {
    const own = ownLibraries(path, elf, new Set(files.map((file) => file.path)));
    return elf.needed
      .filter((name) => !GLIBC_FAMILY.test(name) && !own(name) && !isCryptOfCrypt(path, name))
      .map((name) => `needs ${name}`);
  },
});

/** Whether the tree itself holds a library, in a folder where the asking file looks for it. */
function ownLibraries(path: string, elf: ElfFile, tree: ReadonlySet<string>): (name: string) => boolean {
  const folders = elf.runPaths
    .map((runPath) => resolveRunPath(path, runPath))
    .filter((folder) => folder !== undefined);
  return (name) => folders.some((folder) => tree.has(posix.join(folder, posix.basename(name))));
}

/** libcrypt left the C library and many machines; only the module that is named after it may ask for it. */
function isCryptOfCrypt(path: string, name: string): boolean {
  return name === 'libcrypt.so.1' && posix.basename(path).startsWith('_crypt.');
}
