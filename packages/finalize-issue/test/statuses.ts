import type { BuildReport, BuildRequest, IssueStatus } from '@dtvem/contracts';

/** Examples of statuses; tests change what they are about. */
export const request: BuildRequest = {
  schemaVersion: 1,
  runtime: 'python',
  version: '3.13.5',
  platform: 'linux-amd64',
};

const sum = 'c30bb24b7f1e9a19b11b55a546434f74e739bb4c271a3e3a80ff4380d49f7adb';

export const runUrl = 'https://github.com/dtvem/requests/actions/runs/4711';

export const report: BuildReport = {
  schemaVersion: 1,
  request,
  profile: 'optimized',
  archive: { file: 'python-3.13.5-linux-amd64.tar.gz', sha256: sum, size: 34_218_511 },
  source: {
    name: 'python',
    version: '3.13.5',
    file: 'Python-3.13.5.tar.xz',
    sha256: sum,
    origin: 'upstream',
  },
  dependencies: [],
  toolchain: { kind: 'host', compiler: 'gcc (Debian 12.2.0-14) 12.2.0', libc: 'glibc 2.36' },
  glibcFloor: '2.34',
  notes: ['2 tests of the profile run failed: test_generators, test_os'],
  gates: [
    { id: 'layout', title: 'One top folder, no hard links', outcome: 'passed', evidence: '', seconds: 0.42 },
    {
      id: 'imports',
      title: 'Every module of the list imports',
      outcome: 'passed',
      evidence: '',
      seconds: 1.3,
    },
    { id: 'tls', title: 'Connects over TLS', outcome: 'skipped', evidence: 'no openssl here', seconds: 0 },
  ],
  durations: [{ stage: 'build', seconds: 812 }],
};

export const published: Extract<IssueStatus, { status: 'published' }> = {
  schemaVersion: 1,
  status: 'published',
  request,
  url: 'https://builds.dtvem.io/python/3.13.5/linux-amd64.tar.gz',
  report,
  publish: {
    schemaVersion: 1,
    outcome: 'published',
    key: 'python/3.13.5/linux-amd64.tar.gz',
    sha256: sum,
    size: 34_218_511,
  },
  manifest: { schemaVersion: 1, runtime: 'python', outcome: 'written', entries: 812, warnings: [] },
};

export const failed: Extract<IssueStatus, { status: 'failed' }> = {
  schemaVersion: 1,
  status: 'failed',
  runUrl,
  request,
  stage: 'build',
  problem: {
    code: 'build-failed',
    message: '`make` ended with exit code 2 after 14,201 lines.',
    next: 'Read the last lines of the log below; the first "error:" in the full log is usually the cause.',
    detail:
      'Modules/_ssl.c:52:10: fatal error: openssl/ssl.h: No such file or directory\nmake: *** [Makefile:1] Error 1\n',
  },
  log: 'https://github.com/dtvem/requests/actions/runs/4711/artifacts/1',
};

export const EXAMPLES: Readonly<Record<string, IssueStatus>> = {
  started: { schemaVersion: 1, status: 'started', request, runUrl },
  published: { ...published, runUrl },
  'already-available': {
    schemaVersion: 1,
    status: 'already-available',
    request,
    entry: { url: published.url, sha256: sum, sha256_source: 'dtvem' },
  },
  refused: {
    schemaVersion: 1,
    status: 'refused',
    problem: {
      code: 'version-unknown',
      message: '3.13.55 does not exist; the newest 3.13 is 3.13.9.',
      next: 'Change the title to a version that exists.',
    },
  },
  failed,
};
