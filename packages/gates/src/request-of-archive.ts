import { createReadStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type BuildRequest, isExactVersion, isPlatform, isRuntime, type Platform } from '@dtvem/contracts';
import { extract } from 'tar-stream';
import { readElf } from './elf/read-elf.ts';

/** `build(python): 3.13.5 linux-amd64`, or the three words alone, as a request; undefined when it is neither. */
export function requestFromText(text: string): BuildRequest | undefined {
  const [, runtime, version, platform] = /^(?:build\()?([a-z]+)\)?:? (\S+) (\S+)$/.exec(text) ?? [];
  return requestOf(runtime, version, platform);
}

/** From `python-3.13.5-linux-amd64.tar.gz`, or from the key `python/3.13.5/linux-amd64.tar.gz`. */
export function requestFromName(path: string): BuildRequest | undefined {
  const pattern = /(?:^|\/)([a-z]+)[-/]([^-/]+)[-/]([a-z]+-[a-z0-9]+)\.tar\.gz$/;
  const [, runtime, version, platform] = pattern.exec(path) ?? [];
  return requestOf(runtime, version, platform);
}

/** From what a CPython archive of any origin holds: its own header, and the processor of its interpreter. */
export async function requestFromInside(
  archive: string,
  signal: AbortSignal,
): Promise<BuildRequest | undefined> {
  let version: string | undefined;
  let platform: Platform | undefined;
  const entries = extract();
  entries.on('entry', (header, stream, next) => {
    const isHeader = /^python\/include\/[^/]+\/patchlevel\.h$/.test(header.name);
    const isProgram = header.type === 'file' && /^python\/bin\/python\d\.\d+$/.test(header.name);
    stream.on('end', next);
    if (!isHeader && !isProgram) {
      stream.resume();
      return;
    }
    buffer(stream).then((bytes) => {
      if (isHeader) version = /^#define PY_VERSION\s+"([^"]+)"/m.exec(bytes.toString('latin1'))?.[1];
      else platform = platformOf(bytes);
    }, next);
  });
  await pipeline(createReadStream(archive), createGunzip(), entries, { signal });
  return requestOf('python', version, platform);
}

const PLATFORM_OF_MACHINE: Readonly<Record<number, Platform>> = { 62: 'linux-amd64', 183: 'linux-arm64' };

function platformOf(program: Buffer): Platform | undefined {
  const reading = readElf(program);
  return reading.ok ? PLATFORM_OF_MACHINE[reading.elf.machine] : undefined;
}

function requestOf(runtime = '', version = '', platform = ''): BuildRequest | undefined {
  if (!isRuntime(runtime) || !isExactVersion(version) || !isPlatform(platform)) return undefined;
  return { schemaVersion: 1, runtime, version, platform };
}
