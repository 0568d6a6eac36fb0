import type { ElfInTree } from '../elf/elf-in-tree.ts';
import type { Gate } from '../gate.ts';
import { countOf, judge } from '../judgement.ts';

type Need = { readonly path: string; readonly version: string };

export const glibcFloor: Gate = {
  id: 'glibc-floor',
  title: 'The oldest glibc that all files run with is measured, and is not newer than the target allows',
  async check(context) {
    const elfFiles = await context.elfFiles();
    const highest = highestOf(glibcNeeds(elfFiles));
    const findings = [
      ...(highest === undefined ? ['no file asks for any version of glibc'] : []),
      ...elfFiles.flatMap((file) => faultsOf(file, context.glibcMaximum)),
    ];
    return judge(
      findings,
      `the floor is ${highest?.version ?? 'unknown'}, set by ${highest?.path ?? 'nothing'}; ` +
        `the target's maximum is ${context.glibcMaximum ?? 'not set'}; ${countOf(elfFiles.length, 'ELF file')} read`,
    );
  },
};

function faultsOf(file: ElfInTree, maximum: string | undefined): string[] {
  if (!file.reading.ok) return [`${file.path} cannot be read: ${file.reading.reason}`];
  const needs = glibcNeeds([file]);
  const highest = highestOf(needs)?.version;
  const tooNew = highest !== undefined && maximum !== undefined && compareGlibc(highest, maximum) > 0;
  const isPrivate = needs.some(({ version }) => version === 'PRIVATE');
  return [
    ...(tooNew ? [`${file.path} needs GLIBC_${highest}`] : []),
    ...(isPrivate ? [`${file.path} needs GLIBC_PRIVATE`] : []),
  ];
}

/** The newest glibc version that any file asks for, `2.17`; null when none asks for one. */
export function measureGlibcFloor(elfFiles: readonly ElfInTree[]): string | null {
  return highestOf(glibcNeeds(elfFiles))?.version ?? null;
}

// The compact relocations that this tag stands for came with glibc 2.36.
const VERSION_OF_TAG: Readonly<Record<string, string>> = { ABI_DT_RELR: '2.36' };

function glibcNeeds(elfFiles: readonly ElfInTree[]): readonly Need[] {
  return elfFiles.flatMap(({ path, reading }) => {
    if (!reading.ok) return [];
    const tags = reading.elf.neededVersions.flatMap(({ version }) => /^GLIBC_(.+)$/.exec(version)?.[1] ?? []);
    return tags.map((tag) => ({ path, version: VERSION_OF_TAG[tag] ?? tag }));
  });
}

function highestOf(needs: readonly Need[]): Need | undefined {
  const numbered = needs.filter(({ version }) => /^\d+(\.\d+){1,2}$/.test(version));
  return numbered.sort((a, b) => compareGlibc(b.version, a.version))[0];
}

/** `2.2.5` before `2.17`: number by number. */
function compareGlibc(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
