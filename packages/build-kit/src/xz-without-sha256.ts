import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

/** https://tukaani.org/xz/xz-file-format.txt, sections 2.1, 2.1.2 and 4. */
const HEADER = 12;
const FOOTER = 12;
const SHA256_CHECK = 0x0a;
const SHA256_BYTES = 32;

type Block = { readonly unpadded: number; readonly uncompressed: number };

/**
 * The bytes of an `.xz` file; of one whose blocks carry SHA-256 checks (xz's own release is such a file) those of the
 * same file without checks, because the decompressor knows only CRCs. Nothing is lost: the file's own sha256 was
 * compared before.
 */
export async function* readXz(path: string): AsyncGenerator<Buffer> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const footer = await read(file, size - FOOTER, FOOTER);
    const isOneStream = footer.toString('latin1', 10) === 'YZ';
    if (!isOneStream || footer[9] !== SHA256_CHECK) yield* stream(path, 0, size);
    else yield* withoutChecks(path, await readBlocks(file, size, footer));
  } finally {
    await file.close();
  }
}

async function* withoutChecks(path: string, blocks: readonly Block[]): AsyncGenerator<Buffer> {
  const flags = Buffer.alloc(2);
  yield Buffer.concat([Buffer.from('fd377a585a00', 'hex'), flags, littleEndian(crc32(flags))]);
  let position = HEADER;
  for (const { unpadded } of blocks) {
    const padded = Math.ceil(unpadded / 4) * 4;
    yield* stream(path, position, position + padded - SHA256_BYTES);
    position += padded;
  }
  const index = printIndex(blocks.map((block) => ({ ...block, unpadded: block.unpadded - SHA256_BYTES })));
  const rest = Buffer.concat([littleEndian(index.length / 4 - 1), flags]);
  yield Buffer.concat([index, littleEndian(crc32(rest)), rest, Buffer.from('YZ')]);
}

async function readBlocks(file: FileHandle, size: number, footer: Buffer): Promise<readonly Block[]> {
  const length = (footer.readUInt32LE(4) + 1) * 4;
  const index = await read(file, size - FOOTER - length, length);
  let position = 1;
  const next = () => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = index.readUInt8(position++);
      value += (byte & 0x7f) * shift;
      if (byte < 0x80) return value;
    }
  };
  return Array.from({ length: next() }, () => ({ unpadded: next(), uncompressed: next() }));
}

function printIndex(blocks: readonly Block[]): Buffer {
  const numbers = [
    blocks.length,
    ...blocks.flatMap(({ unpadded, uncompressed }) => [unpadded, uncompressed]),
  ];
  const bytes = [0, ...numbers.flatMap(variableLength)];
  while (bytes.length % 4 !== 0) bytes.push(0);
  const index = Buffer.from(bytes);
  return Buffer.concat([index, littleEndian(crc32(index))]);
}

function variableLength(value: number): readonly number[] {
  return value < 0x80 ? [value] : [(value % 0x80) | 0x80, ...variableLength(Math.floor(value / 0x80))];
}

function littleEndian(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}

/** From `start` up to, not including, `end`. */
function stream(path: string, start: number, end: number): AsyncIterable<Buffer> {
  return createReadStream(path, { start, end: end - 1, highWaterMark: 1 << 18 });
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer } = await file.read(Buffer.alloc(length), 0, length, Math.max(0, position));
  return buffer;
}
