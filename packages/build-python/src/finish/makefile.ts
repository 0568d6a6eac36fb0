import { configureArguments } from './flags.ts';
import type { Relocation } from './sysconfig-module.ts';

/** make computes the prefix from where the Makefile stands; a folder with a space in its path is beyond make. */
const PREFIX = 'prefix := $(shell cd "$(dir $(lastword $(MAKEFILE_LIST)))../../.." && pwd)';

/** The installed `Makefile` (for `sysconfig.get_makefile_filename`) with paths that follow the tree. */
export function relocatableMakefile(text: string, relocation: Relocation): string {
  const { sentinel, sourceFolder, scrub } = relocation;
  return scrub(text)
    .replace(
      /^(CONFIG_ARGS=\s*)(.*)$/m,
      (_, name: string, words: string) => `${name}${configureArguments(words)}`,
    )
    .replace(/^prefix=.*$/m, PREFIX)
    .replaceAll(sentinel, '$(prefix)')
    .replaceAll(sourceFolder, '$(LIBPL)');
}

/** A pkg-config file, which knows its own folder: `lib/pkgconfig` below the prefix. */
export function relocatablePkgConfig(text: string, sentinel: string): string {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: pkg-config's own variable
  return text.replaceAll(sentinel, '${pcfiledir}/../..');
}
