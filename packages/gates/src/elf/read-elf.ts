import { type DynamicSection, readDynamicSection } from './dynamic-section.ts';
import { countDynamicSymbols, readExportedSymbols } from './dynamic-symbols.ts';
import { DYNAMIC_TAG, FILE_TYPE, SEGMENT_FLAG, SEGMENT_TYPE } from './elf-constants.ts';
import { readSegments, type Segment } from './segments.ts';
import { readNeededVersions } from './version-needs.ts';

/** What the loader does with an ELF file, as far as the gates ask. Names are as in the file. */
export type ElfFile = {
  /** The number of the processor family: 62 is x86-64, 183 is AArch64. */
  readonly machine: number;
  /** `.o` files are never loaded: all that follows is empty for them. */
  readonly loadable: boolean;
  /** Sonames of the libraries that it asks for. */
  readonly needed: readonly string[];
  /** The folders of DT_RPATH and DT_RUNPATH, one by one. */
  readonly runPaths: readonly string[];
  readonly textRelocations: boolean;
  /** `unstated` (no PT_GNU_STACK) means executable to the loader. */
  readonly stack: 'executable' | 'protected' | 'unstated';
  readonly writableCode: boolean;
  /** Symbol versions that it asks for, `GLIBC_2.17` from `libc.so.6`. */
  readonly neededVersions: readonly { readonly library: string; readonly version: string }[];
  /** Names that other files can bind to. */
  readonly exportedSymbols: readonly string[];
};

export type ElfReading =
  | { readonly ok: true; readonly elf: ElfFile }
  | { readonly ok: false; readonly reason: string };

const MAGIC = Buffer.from('\u007fELF', 'latin1');
const CLASS_64 = 2;
const LITTLE_ENDIAN = 1;

export function isElf(bytes: Buffer): boolean {
  return bytes.subarray(0, MAGIC.length).equals(MAGIC);
}

/** Reads what the loader would: the program headers and the dynamic section, never the sections that tools use. */
export function readElf(bytes: Buffer): ElfReading {
  if (!isElf(bytes)) return { ok: false, reason: 'it is no ELF file' };
  if (bytes[4] !== CLASS_64 || bytes[5] !== LITTLE_ENDIAN) {
    return { ok: false, reason: 'it is not of the 64-bit little-endian kind' };
  }
  try {
    return { ok: true, elf: readElf64(bytes) };
  } catch (error) {
    if (error instanceof RangeError)
      return { ok: false, reason: `it points outside itself: ${error.message}` };
    throw error;
  }
}

function readElf64(bytes: Buffer): ElfFile {
  const segments = readSegments(bytes);
  const dynamic = readDynamicSection(bytes, segments);
  const flags = segments.find(({ type }) => type === SEGMENT_TYPE.gnuStack)?.flags;
  return {
    machine: bytes.readUInt16LE(18),
    loadable: bytes.readUInt16LE(16) !== FILE_TYPE.relocatable,
    needed: dynamic.textsOf(DYNAMIC_TAG.needed),
    runPaths: runPathsOf(dynamic),
    textRelocations: hasTextRelocations(dynamic),
    stack: flags === undefined ? 'unstated' : flags & SEGMENT_FLAG.execute ? 'executable' : 'protected',
    writableCode: segments.some(isWritableCode),
    neededVersions: readNeededVersions(bytes, dynamic),
    exportedSymbols: readExportedSymbols(bytes, dynamic, countDynamicSymbols(bytes, dynamic)),
  };
}

function runPathsOf(dynamic: DynamicSection): readonly string[] {
  return [...dynamic.textsOf(DYNAMIC_TAG.rpath), ...dynamic.textsOf(DYNAMIC_TAG.runpath)].flatMap((text) =>
    text.split(':'),
  );
}

function hasTextRelocations(dynamic: DynamicSection): boolean {
  const DF_TEXTREL = 0x4;
  const flags = dynamic.numberOf(DYNAMIC_TAG.flags) ?? 0;
  return dynamic.numberOf(DYNAMIC_TAG.textrel) !== undefined || (flags & DF_TEXTREL) !== 0;
}

function isWritableCode({ type, flags }: Segment): boolean {
  const both = SEGMENT_FLAG.write | SEGMENT_FLAG.execute;
  return type === SEGMENT_TYPE.load && (flags & both) === both;
}
