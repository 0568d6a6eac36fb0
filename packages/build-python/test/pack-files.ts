import { gzipSync } from 'node:zlib';

const BLOCK = 512;

/** A `.tar.gz` of files in one top folder; what begins with `#!` is executable. */
export async function packFiles(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const members = Object.entries(files).flatMap(([name, content]) => [
    header(`source/${name}`, Buffer.byteLength(content), content.startsWith('#!') ? 0o755 : 0o644),
    padded(Buffer.from(content)),
  ]);
  return gzipSync(Buffer.concat([...members, Buffer.alloc(2 * BLOCK)]));
}

function header(name: string, size: number, mode: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, length: number) => value.toString(8).padStart(length - 1, '0');
  block.write(name, 0);
  block.write(octal(mode, 8), 100);
  block.write(octal(0, 8), 108);
  block.write(octal(0, 8), 116);
  block.write(octal(size, 12), 124);
  block.write(octal(0, 12), 136);
  block.write('        ', 148);
  block.write('0', 156);
  block.write('ustar\u000000', 257);
  block.write(
    octal(
      block.reduce((sum, byte) => sum + byte, 0),
      7,
    ),
    148,
  );
  return block;
}

function padded(content: Buffer): Buffer {
  return Buffer.concat([content, Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)]);
}
