import { codeBlock, codeSpan } from '@dtvem/action-kit';
import { type BuildRequest, RUNTIME_NAMES } from '@dtvem/contracts';

/** ``Python 3.13.5 for `linux-amd64` `` */
export function runtimeAndPlatform({ runtime, version, platform }: BuildRequest): string {
  return `${RUNTIME_NAMES[runtime]} ${version} for ${codeSpan(platform)}`;
}

/** How to install it; one command a line, because not every shell of Windows knows `&&`. */
export function installLines({ runtime, version }: BuildRequest): readonly string[] {
  return [
    'Install it with:',
    codeBlock(`dtvem update\ndtvem install ${runtime} ${version}`, 'sh'),
    '`dtvem update` comes first because dtvem keeps its list of versions for a day. The new list is out within five minutes.',
  ];
}
