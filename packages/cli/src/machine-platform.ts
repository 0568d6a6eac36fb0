import { isPlatform, type Platform } from '@dtvem/contracts';

const GO_OS: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };
const GO_ARCH: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/** This machine's platform in Go's names, or undefined when nothing is built for it. */
export function machinePlatform(os: string, arch: string): Platform | undefined {
  const name = `${GO_OS[os]}-${GO_ARCH[arch]}`;
  return isPlatform(name) ? name : undefined;
}
