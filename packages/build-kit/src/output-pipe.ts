import { execFile } from 'node:child_process';
import { constants, openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';

/**
 * A real pipe for a command's output. What Node gives to a child is a socket, and there `echo > /dev/stderr`, which
 * build scripts do, fails on Linux with ENXIO. `reader` ends when every copy of the descriptor `writer` is closed.
 */
export async function openOutputPipe(): Promise<{ readonly reader: Readable; readonly writer: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'dtvem-pipe-'));
  try {
    const path = join(folder, 'pipe');
    await promisify(execFile)('/usr/bin/mkfifo', [path]);
    // Without O_NONBLOCK this would wait for a writer.
    const reading = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const writer = openSync(path, constants.O_WRONLY);
    return { reader: new Socket({ fd: reading, readable: true, writable: false }), writer };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
