import type { DynamicSection } from './dynamic-section.ts';
import { DYNAMIC_TAG } from './elf-constants.ts';

/** The symbol versions that a file asks of each library: two nested lists, each entry with the way to the next. */
export function readNeededVersions(
  bytes: Buffer,
  dynamic: DynamicSection,
): readonly { readonly library: string; readonly version: string }[] {
  const first = dynamic.offsetOf(DYNAMIC_TAG.versionNeeds);
  if (first === undefined) return [];
  const libraries = walk(bytes, first, dynamic.numberOf(DYNAMIC_TAG.versionNeedCount) ?? 0, 12);
  return libraries.flatMap((at) => {
    const library = dynamic.text(bytes.readUInt32LE(at + 4));
    const versions = walk(bytes, at + bytes.readUInt32LE(at + 8), bytes.readUInt16LE(at + 2), 12);
    return versions.map((aux) => ({ library, version: dynamic.text(bytes.readUInt32LE(aux + 8)) }));
  });
}

/** Offsets of at most `count` entries; the distance to the next one stands `nextAt` bytes into each. */
function walk(bytes: Buffer, first: number, count: number, nextAt: number): readonly number[] {
  const offsets: number[] = [];
  let at = first;
  while (offsets.length < count) {
    offsets.push(at);
    const next = bytes.readUInt32LE(at + nextAt);
    if (next === 0) break;
    at += next;
  }
  return offsets;
}
