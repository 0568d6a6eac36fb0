import { DYNAMIC_TAG, SEGMENT_TYPE } from './elf-constants.ts';
import { fileOffset, type Segment } from './segments.ts';

/** The list of instructions for the loader; empty in a static program and in a `.o` file. */
export type DynamicSection = {
  /** The first value of a tag. */
  numberOf(tag: number): number | undefined;
  /** The strings that all values of a tag point to. */
  textsOf(tag: number): readonly string[];
  /** Where in the file the address stands that a tag holds. */
  offsetOf(tag: number): number | undefined;
  /** The string at an offset of the string table. */
  text(offset: number): string;
};

type Entry = { readonly tag: number; readonly value: number };

export function readDynamicSection(bytes: Buffer, segments: readonly Segment[]): DynamicSection {
  const segment = segments.find(({ type }) => type === SEGMENT_TYPE.dynamic);
  const entries = segment === undefined ? [] : readEntries(bytes, segment);
  const numberOf = (tag: number) => entries.find((entry) => entry.tag === tag)?.value;
  const offsetOf = (tag: number) => {
    const address = numberOf(tag);
    return address === undefined ? undefined : fileOffset(segments, address);
  };
  const text = (offset: number) => readText(bytes, (offsetOf(DYNAMIC_TAG.stringTable) ?? 0) + offset);
  return {
    numberOf,
    offsetOf,
    text,
    textsOf: (tag) => entries.filter((entry) => entry.tag === tag).map((entry) => text(entry.value)),
  };
}

function readEntries(bytes: Buffer, segment: Segment): readonly Entry[] {
  const ENTRY_SIZE = 16;
  const entries: Entry[] = [];
  for (let at = segment.offset; at < segment.offset + segment.fileSize; at += ENTRY_SIZE) {
    // Values above 2^53 belong to tags that nothing here asks for.
    const tag = Number(bytes.readBigUInt64LE(at));
    if (tag === DYNAMIC_TAG.end) break;
    entries.push({ tag, value: Number(bytes.readBigUInt64LE(at + 8)) });
  }
  return entries;
}

function readText(bytes: Buffer, start: number): string {
  const end = bytes.indexOf(0, start);
  if (start >= bytes.length || end === -1) throw new RangeError(`no text ends after offset ${start}`);
  return bytes.toString('latin1', start, end);
}
