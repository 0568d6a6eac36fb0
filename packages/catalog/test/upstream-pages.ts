/** The lists of the three upstreams, in the shapes that each documents, with one pinned and one new release. */

export const SUM = { pinned: '1'.repeat(64), fresh: '2'.repeat(64), changed: '3'.repeat(64) };

type PythonFile = { version: string; ending: string; sha256?: string | null; host?: string };

export function pythonPages(files: readonly PythonFile[]): Map<string, string> {
  const versions = [...new Set(files.map(({ version }) => version))];
  const releases = versions.map((version, index) => ({
    name: `Python ${version}`,
    slug: `python-${version.replaceAll('.', '')}`,
    version: 3,
    is_published: true,
    is_latest: false,
    release_date: '2025-06-11T15:00:00Z',
    pre_release: /[a-z]/.test(version),
    release_page: null,
    release_notes_url: '',
    show_on_download_page: true,
    resource_uri: `https://www.python.org/api/v2/downloads/release/${900 + index}/`,
  }));
  const others = [
    { ...releases[0], name: 'Python install manager 25.0' },
    { ...releases[0], name: 'Python 9.9.9', is_published: false },
  ];
  const pages = new Map([['/python/release/', JSON.stringify([...releases, ...others])]]);
  for (const [index, version] of versions.entries()) {
    const listed = files.filter((file) => file.version === version).map(pythonFile);
    const installer = { ...listed[0], url: 'https://www.python.org/ftp/python/3/x.exe', is_source: false };
    pages.set(`/python/release_file/?release=${900 + index}`, JSON.stringify([installer, ...listed]));
  }
  return pages;
}

function pythonFile({ version, ending, sha256, host = 'https://www.python.org' }: PythonFile) {
  return {
    name: 'XZ compressed source tarball',
    slug: `${version}-source`,
    os: 'https://www.python.org/api/v2/downloads/os/3/',
    release: 'https://www.python.org/api/v2/downloads/release/900/',
    description: '',
    is_source: true,
    url: `${host}/ftp/python/${version}/Python-${version}${ending}`,
    gpg_signature_file: '',
    md5_sum: '',
    filesize: 22_856_016,
    download_button: false,
    sigstore_bundle_file: '',
    ...(sha256 === undefined ? {} : { sha256_sum: sha256 }),
  };
}

type RubyRow = { version: string; ending: string; sha256: string };

export function rubyIndex(rows: readonly RubyRow[]): string {
  const lines = rows.map(({ version, ending, sha256 }) => {
    const series = version.split('.').slice(0, 2).join('.');
    const url = `https://cache.ruby-lang.org/pub/ruby/${series}/ruby-${version}${ending}`;
    return [`ruby-${version}`, url, 'a'.repeat(40), sha256, 'b'.repeat(128)].join('\t');
  });
  return `${['name\turl\tsha1\tsha256\tsha512', ...lines].join('\n')}\n`;
}

export function rubyReleases(sums: Readonly<Record<string, Readonly<Record<string, string>>>>): string {
  return Object.entries(sums)
    .map(([version, byEnding]) => {
      const endings = Object.entries(byEnding);
      const urls = endings.map(([ending]) => `    ${ending}: https://cache.ruby-lang.org/ruby.tar.${ending}`);
      const sha256 = endings.map(([ending, sum]) => `    ${ending}: '${sum}'`);
      return [`- version: ${version}`, '  date: 2026-05-01', '  url:', ...urls, '  sha256:', ...sha256].join(
        '\n',
      );
    })
    .join('\n');
}

export function nodePages(releases: Readonly<Record<string, string>>): Map<string, string> {
  const index = Object.keys(releases).map((version) => ({
    version: `v${version}`,
    date: '2026-08-01',
    files: ['linux-x64', 'src'],
    npm: '11.0.0',
    v8: '14.0',
    lts: false,
    security: false,
  }));
  const pages = new Map([['/node/index.json', JSON.stringify(index)]]);
  for (const [version, shasums] of Object.entries(releases))
    pages.set(`/node/v${version}/SHASUMS256.txt`, shasums);
  return pages;
}
