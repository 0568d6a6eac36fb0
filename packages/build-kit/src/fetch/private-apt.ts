import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceArchive } from '@dtvem/contracts';
import { type Command, type CommandOutcome, runCommand } from '../run-command.ts';
import { writeFileAtomically } from '../write-file.ts';
import { sourcePackagesOf } from './apt-sources.ts';
import { DELIVERED, type Delivery, type Progress, refuse } from './attempt.ts';
import type { PartialFile } from './partial-file.ts';
import { readMachineSources } from './read-machine-sources.ts';

export type AptOptions = {
  readonly cacheFolder: string;
  readonly signal: AbortSignal;
  /** The machine's own apt configuration; another one in tests. */
  readonly aptFolder?: string;
};

const APT_GET = '/usr/bin/apt-get';
const APT_HELPER = '/usr/lib/apt/apt-helper';
const PROGRESS_MILLISECONDS = 250;
const MINUTE = 60_000;
/** apt waits for ever where the disk is full, say; the longer limit is for a download over a slow line. */
const LIMITS = { ask: 5 * MINUTE, download: 30 * MINUTE };

/**
 * An apt of our own for the source packages of one suite, made from the machine's configuration: lists, caches and
 * locks in a private folder, so it needs no root and touches no file of the system. Undefined where the machine has
 * no apt or no mirror of Debian.
 */
export async function openPrivateApt(suite: string, options: AptOptions): Promise<PrivateApt | undefined> {
  const machine = await readMachineSources(options.aptFolder ?? '/etc/apt');
  const sources = sourcePackagesOf(suite, machine);
  if (sources === undefined || !(await isThere(APT_GET)) || !(await isThere(APT_HELPER))) return undefined;
  const folder = join(options.cacheFolder, 'debian', suite);
  for (const part of ['state/lists/partial', 'cache/archives/partial', 'downloads']) {
    await mkdir(join(folder, part), { recursive: true });
  }
  await writeFileAtomically(join(folder, 'status'), '');
  await writeFileAtomically(join(folder, 'debian.sources'), sources);
  await writeFileAtomically(join(folder, 'apt.conf'), configuration(folder));
  return new PrivateApt(folder, sources, options);
}

/** Read after the machine's own configuration, which keeps its proxies and passwords; its hooks could touch the system. */
function configuration(folder: string): string {
  return `#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
Dir::State "${folder}/state";
Dir::State::status "${folder}/status";
Dir::Cache "${folder}/cache";
Dir::Etc::sourcelist "${folder}/debian.sources";
Dir::Etc::sourceparts "/dev/null";
Acquire::Languages "none";
Acquire::ForceHash "SHA256";
Acquire::Retries "2";
Acquire::http::Timeout "30";
Acquire::https::Timeout "30";
`;
}

class PrivateApt {
  readonly #folder: string;
  readonly #suites: readonly string[];
  readonly #options: AptOptions;
  #complaint = '';

  constructor(folder: string, sources: string, options: AptOptions) {
    this.#folder = folder;
    this.#suites = [...new Set([...sources.matchAll(/^Suites: (.+)$/gm)].map((match) => match[1] ?? ''))];
    this.#options = options;
  }

  /** What apt last complained of, to be put behind an answer; empty when it had nothing to say. */
  get complaint(): string {
    return this.#complaint;
  }

  /** Where the mirrors have the file of this sha256 today, in any revision of the package; undefined when nowhere. */
  async addressOf(sourcePackage: string, sha256: string): Promise<string | undefined> {
    await this.#aptGet('update');
    for (const suite of this.#suites) {
      const { tail } = await this.#aptGet(
        'source',
        '--print-uris',
        '--only-source',
        `${sourcePackage}/${suite}`,
      );
      const address = parsePrintedUris(tail).find((file) => file.sha256 === sha256)?.address;
      if (address !== undefined) return address;
    }
    return undefined;
  }

  /** Downloads with apt's own helper, which knows the machine's proxies and every kind of address that apt prints. */
  async download(
    address: string,
    pin: SourceArchive,
    into: PartialFile,
    onProgress: Progress,
  ): Promise<Delivery> {
    const path = join(this.#folder, 'downloads', randomUUID());
    const progress = setInterval(() => reportSize(path, onProgress), PROGRESS_MILLISECONDS);
    try {
      const request = ['download-file', address, path, `SHA256:${pin.sha256}`];
      const { exitCode } = await this.#run([APT_HELPER, '-c', 'apt.conf', ...request], LIMITS.download);
      if (exitCode !== 0) return refuse(`could not deliver ${address}${this.#complaint}`);
      for await (const chunk of createReadStream(path)) await into.append(chunk);
      return DELIVERED;
    } finally {
      clearInterval(progress);
      await rm(path, { force: true });
    }
  }

  /** apt-get fails at once when another one holds its lists; flock, which every Debian has, waits for it. */
  #aptGet(...args: readonly string[]): Promise<CommandOutcome> {
    return this.#run(['flock', 'lock', APT_GET, '-c', 'apt.conf', ...args], LIMITS.ask);
  }

  async #run(argv: Command['argv'], limit: number): Promise<CommandOutcome> {
    const signal = AbortSignal.any([this.#options.signal, AbortSignal.timeout(limit)]);
    const command = {
      argv,
      cwd: this.#folder,
      env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' },
      label: 'apt',
    };
    const outcome = await runCommand(command, {
      report: () => {},
      logFile: join(this.#folder, 'apt.log'),
      signal,
    });
    this.#options.signal.throwIfAborted();
    const said = outcome.tail.findLast((line) => /^(E|Err|W):/.test(line));
    if (said !== undefined) this.#complaint = ` (apt: ${said})`;
    if (signal.aborted) this.#complaint = ` (apt did not end within ${limit / MINUTE} minutes)`;
    return outcome;
  }
}

async function reportSize(path: string, onProgress: Progress): Promise<void> {
  const status = await stat(path).catch(() => undefined);
  if (status !== undefined) onProgress(status.size);
}

/** The files that `apt-get source --print-uris` names: `'address' name size SHA256:sum`. */
export function parsePrintedUris(lines: readonly string[]): readonly { address: string; sha256: string }[] {
  return lines.flatMap((line) => {
    const [, address, sha256] = /^'([^']+)' \S+ \d+ SHA256:([0-9a-f]{64})$/.exec(line) ?? [];
    return address === undefined || sha256 === undefined ? [] : [{ address, sha256 }];
  });
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
