import type { DynamicSection } from './dynamic-section.ts';
import { DYNAMIC_TAG } from './elf-constants.ts';

const SYMBOL_SIZE = 24;
const UNDEFINED = 0;
const BINDING = { global: 1, weak: 2, gnuUnique: 10 } as const;
const VISIBLE: readonly number[] = [0, 3]; // default and protected

/** The names that a file defines and others can bind to. */
export function readExportedSymbols(
  bytes: Buffer,
  dynamic: DynamicSection,
  count: number,
): readonly string[] {
  const table = dynamic.offsetOf(DYNAMIC_TAG.symbolTable);
  if (table === undefined) return [];
  const names: string[] = [];
  for (let index = 1; index < count; index += 1) {
    const at = table + index * SYMBOL_SIZE;
    if (isExported(bytes, at)) names.push(dynamic.text(bytes.readUInt32LE(at)));
  }
  return names;
}

function isExported(bytes: Buffer, at: number): boolean {
  const binding = bytes.readUInt8(at + 4) >> 4;
  const visibility = bytes.readUInt8(at + 5) & 0x3;
  const section = bytes.readUInt16LE(at + 6);
  return (
    section !== UNDEFINED && VISIBLE.includes(visibility) && Object.values<number>(BINDING).includes(binding)
  );
}

/** The symbol table does not say how long it is; the hash table that the loader searches does. */
export function countDynamicSymbols(bytes: Buffer, dynamic: DynamicSection): number {
  const gnuHash = dynamic.offsetOf(DYNAMIC_TAG.gnuHash);
  if (gnuHash !== undefined) return countInGnuHash(bytes, gnuHash);
  const hash = dynamic.offsetOf(DYNAMIC_TAG.hash);
  return hash === undefined ? 0 : bytes.readUInt32LE(hash + 4);
}

function countInGnuHash(bytes: Buffer, at: number): number {
  const bucketCount = bytes.readUInt32LE(at);
  const firstHashed = bytes.readUInt32LE(at + 4);
  const bloomSize = bytes.readUInt32LE(at + 8);
  const buckets = at + 16 + bloomSize * 8;
  const chains = buckets + bucketCount * 4;
  let last = 0;
  for (let bucket = 0; bucket < bucketCount; bucket += 1) {
    last = Math.max(last, bytes.readUInt32LE(buckets + bucket * 4));
  }
  if (last < firstHashed) return firstHashed;
  // The lowest bit of a chain's entry says that the chain ends with it.
  while ((bytes.readUInt32LE(chains + (last - firstHashed) * 4) & 1) === 0) last += 1;
  return last + 1;
}
