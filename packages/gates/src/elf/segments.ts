import { SEGMENT_TYPE } from './elf-constants.ts';

/** A program header: what the loader maps, and how. Offsets and sizes are in bytes. */
export type Segment = {
  readonly type: number;
  readonly flags: number;
  readonly offset: number;
  readonly address: number;
  readonly fileSize: number;
};

export function readSegments(bytes: Buffer): readonly Segment[] {
  const start = readOffset(bytes, 32);
  const entrySize = bytes.readUInt16LE(54);
  const count = bytes.readUInt16LE(56);
  return Array.from({ length: count }, (_, index) => {
    const at = start + index * entrySize;
    return {
      type: bytes.readUInt32LE(at),
      flags: bytes.readUInt32LE(at + 4),
      offset: readOffset(bytes, at + 8),
      address: readOffset(bytes, at + 16),
      fileSize: readOffset(bytes, at + 32),
    };
  });
}

/** Where in the file the byte stands that is loaded at `address`. */
export function fileOffset(segments: readonly Segment[], address: number): number {
  const holder = segments.find(
    (segment) =>
      segment.type === SEGMENT_TYPE.load &&
      address >= segment.address &&
      address < segment.address + segment.fileSize,
  );
  if (holder === undefined) throw new RangeError(`nothing is loaded at 0x${address.toString(16)}`);
  return holder.offset + (address - holder.address);
}

/** A 64-bit number that must be one that JavaScript can count with. */
export function readOffset(bytes: Buffer, at: number): number {
  const value = bytes.readBigUInt64LE(at);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError(`the offset ${value} is too large`);
  return Number(value);
}
