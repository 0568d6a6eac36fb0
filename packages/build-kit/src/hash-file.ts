import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** The sha256 and the size in bytes of a file, read once; rejects with the system's error when it cannot be read. */
export async function hashFile(path: string): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { sha256: hash.digest('hex'), size };
}
