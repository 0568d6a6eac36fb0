/** One entry of a machine's apt sources, of either format. */
export type AptSource = {
  readonly uris: readonly string[];
  readonly suites: readonly string[];
  readonly components: readonly string[];
  /** Path of a keyring, or the key itself, as it stood in the file. */
  readonly signedBy: string | undefined;
  /** Whether the machine's owner declared the place trusted without signatures. */
  readonly trusted: boolean;
};

/** The suites of Debian that a machine's mirror may serve; other suites in its sources are other people's archives. */
const DEBIAN_SUITE =
  /^(?:bullseye|bookworm|trixie|forky|duke|sid|oldoldstable|oldstable|stable|testing|unstable)(-updates|-security)?$/;

/** Parses `sources.list` and the `.list` files: one entry per line. */
export function parseListFile(text: string): readonly AptSource[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*deb(?:-src)?\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+([^#]+)/.exec(line);
    if (match === null) return [];
    const [, options = '', uri = '', rest = ''] = match;
    const [suite = '', ...components] = words(rest);
    const option = (name: string) => new RegExp(`(?:^|\\s)${name}=(\\S+)`, 'i').exec(options)?.[1];
    return [
      {
        uris: [uri],
        suites: [suite],
        components,
        signedBy: option('signed-by'),
        trusted: option('trusted') === 'yes',
      },
    ];
  });
}

/** Parses the `.sources` files: paragraphs of fields, whose values may go on in lines that begin with a space. */
export function parseSourcesFile(text: string): readonly AptSource[] {
  const withoutComments = text.replace(/^#.*\n?/gm, '');
  return withoutComments.split(/\n[ \t]*\n/).flatMap((paragraph) => {
    const field = (name: string) =>
      new RegExp(`^${name}:[ \\t]*(.*(?:\\n[ \\t].*)*)`, 'im').exec(paragraph)?.[1]?.trimEnd();
    const uris = words(field('URIs') ?? '');
    if (uris.length === 0 || field('Enabled')?.trim().toLowerCase() === 'no') return [];
    return [
      {
        uris,
        suites: words(field('Suites') ?? ''),
        components: words(field('Components') ?? ''),
        signedBy: field('Signed-By'),
        trusted: field('Trusted')?.trim() === 'yes',
      },
    ];
  });
}

/**
 * The sources, as a `.sources` file, from which this machine would read the source packages of a Debian suite: its
 * own mirrors and keyrings, the suite's name in place of its own. Undefined where it has no mirror of Debian.
 */
export function sourcePackagesOf(suite: string, machine: readonly AptSource[]): string | undefined {
  const paragraphs = machine
    .filter((source) => source.components.includes('main'))
    .flatMap((source) => source.suites.flatMap((own) => paragraphFor(suite, own, source)));
  return paragraphs.length === 0 ? undefined : `${[...new Set(paragraphs)].join('\n\n')}\n`;
}

function paragraphFor(suite: string, own: string, source: AptSource): readonly string[] {
  const match = DEBIAN_SUITE.exec(own);
  if (match === null) return [];
  const lines = [
    'Types: deb-src',
    `URIs: ${source.uris.join(' ')}`,
    `Suites: ${suite}${match[1] ?? ''}`,
    'Components: main',
    ...(source.trusted ? ['Trusted: yes'] : []),
    ...(source.signedBy === undefined
      ? []
      : [`Signed-By:${/^\s/.test(source.signedBy) ? '' : ' '}${source.signedBy}`]),
  ];
  return [lines.join('\n')];
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
