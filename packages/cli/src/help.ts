import { EXIT_CODES } from './exit-code.ts';

const USAGE = `Usage: npm start -- [options] [title]

Builds what a build request asks for, on this machine: verified source, build, gates,
publication, the manifest that dtvem reads, and the comment that would answer the issue.

  title                    the issue's title, such as "build(python): 3.13.5 linux-amd64"
                           (default: that version for this machine's own platform)

Options:
  --event FILE             a GitHub \`issues\` event in place of a title
  --profile PROFILE        quick: no profile-guided and no link-time optimisation (default);
                           optimized: both. Only the embedded store takes a quick build
  --jobs N                 how many compilers run at once (default: the number of processors)
  --source-mirror PLACE    a folder or base URL that may hold source archives; repeatable.
                           It is not trusted: the catalog's sha256 decides
  --store embedded|s3      where to publish (default: embedded, a local R2 in the work folder)
  --work-dir FOLDER        where store, caches, logs, archives and work are kept (default: .dtvem)
  --keep-work              keep the build tree
  --plan                   print what would be done as JSON, and stop
  --json                   print the result alone, as JSON; progress goes to standard error
  --help                   print this

Environment for --store s3:
  R2_ENDPOINT                      S3 endpoint (default: that of CLOUDFLARE_ACCOUNT_ID)
  CLOUDFLARE_ACCOUNT_ID            account whose R2 is used when R2_ENDPOINT is not set
  CLOUDFLARE_R2_ACCESS_KEY_ID      access key
  CLOUDFLARE_R2_SECRET_ACCESS_KEY  its secret
  CLOUDFLARE_R2_BUILDS_BUCKET      bucket of the archives
  CLOUDFLARE_R2_MANIFESTS_BUCKET   bucket of the manifests
  BUILDS_BASE_URL                  public address of the archives (default: https://builds.dtvem.io)`;

/** The complete help text, ending in the table of exit codes. */
export function helpText(): string {
  const codes = EXIT_CODES.map(({ code, meaning }) => `  ${String(code).padStart(3)}  ${meaning}`);
  return `${USAGE}\n\nExit codes:\n${codes.join('\n')}\n`;
}
