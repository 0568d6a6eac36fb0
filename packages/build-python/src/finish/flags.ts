/** Flags of optimised builds, which other compilers do not know or which make no sense in an extension. */
const OPTIMISATION = [
  '-flto(?:=\\S*|-partition=\\S*)?',
  '-ffat-lto-objects',
  '-fuse-linker-plugin',
  '-fprofile-\\S*',
  '-Wno-missing-profile',
];

export type BuildFlags = {
  /** Words of the recipe that only this build knows how to use. */
  readonly flags: readonly string[];
  /** Names by which the build called the compilers, and those that every machine has. */
  readonly compilers: Readonly<Record<string, string>>;
  /** `libssl.a` and the like: inside the interpreter, so nobody links them. */
  readonly libraries: readonly string[];
};

/** Removes from commands and flags what only the build itself could use. */
export function flagScrubber({ flags, compilers, libraries }: BuildFlags): (text: string) => string {
  const own = ['-I../deps/include/uuid', '-I../deps/include', '-L../deps/lib', '-no-pie', ...flags];
  const links = libraries.map((library) => library.replace(/^lib(.*)\.a$/, '-l$1'));
  const words = [
    ...[...own, ...links].map(quoted),
    '-Wl,--exclude-libs,\\S*',
    '-ffile-prefix-map=\\S*',
    ...OPTIMISATION,
  ];
  const scrubbed = new RegExp(`(^|[='"]|[ \\t]+)(?:${words.join('|')})(?=$|[\\s'"])`, 'gm');
  const names = Object.keys(compilers).map(quoted).join('|');
  const renamed = new RegExp(`(^|[\\s='"])(${names})(?=$|[\\s'"])`, 'gm');
  return (text) =>
    text
      .replace(scrubbed, (_, before: string) => before.trim())
      .replace(renamed, (_, before: string, name: string) => `${before}${compilers[name] ?? name}`);
}

function quoted(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * configure's arguments as it was given them, without those that only the build could use; variables of its
 * environment are in there too, and of no use elsewhere.
 */
export function configureArguments(text: string): string {
  const words = text.match(/'[^']*'/g) ?? [];
  return words.filter((word) => word.startsWith("'--") && !word.includes('../deps')).join(' ');
}
