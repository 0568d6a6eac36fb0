import { fail, type Origin, ok, type Report, type Result, type SourceArchive } from '@dtvem/contracts';
import { diskFull, interrupted } from '../common-problems.ts';
import { countReporter } from '../count-reporter.ts';
import { errnoOf } from '../errno.ts';
import type { Attempt, SourceOrigin } from './attempt.ts';
import { debianArchive } from './debian-archive.ts';
import { DownloadCache } from './download-cache.ts';
import { mirrorUrl, upstream } from './http-origins.ts';
import { mirrorFolder } from './mirror-folder.ts';
import { DEFAULT_PATIENCE, type Patience } from './retry.ts';

export type FetchedSource = {
  readonly path: string;
  /** The pin that the file satisfies. */
  readonly archive: SourceArchive;
  readonly origin: Origin;
};

export type FetchOptions = {
  /** Folders and base URLs that the user named, in order. */
  readonly mirrors: readonly string[];
  /** Where verified downloads are kept, by sha256. */
  readonly cacheFolder: string;
  readonly report: Report;
  readonly signal: AbortSignal;
  readonly patience?: Patience;
  readonly random?: () => number;
};

/**
 * Fetches one thing, of which `pins` are the acceptable archives in order of preference: the first pin of the first
 * origin that delivers the pinned bytes. Origins: mirror folders, the download cache, mirror URLs, upstream, Debian.
 * `source-unavailable` lists every origin with its answer; `source-mismatch` when one of them sent other bytes.
 */
export async function fetchSource(
  pins: readonly SourceArchive[],
  options: FetchOptions,
): Promise<Result<FetchedSource>> {
  const cache = new DownloadCache(options.cacheFolder);
  const tried: Tried[] = [];
  try {
    await cache.sweep(new Date());
    for (const origin of originsOf(options)) {
      const found = await askForEach(pins, origin, cache, options.report, tried);
      if (found !== undefined) return ok(found);
    }
  } catch (error) {
    if (options.signal.aborted) return interrupted('Fetching');
    if (errnoOf(error) === 'ENOSPC') return diskFull(options.cacheFolder);
    throw error;
  }
  return unavailable(pins, tried);
}

type Tried = { readonly mismatch: boolean; readonly line: string };

/** The cache stands between the folders and whatever needs a network. */
function originsOf(options: FetchOptions): readonly (SourceOrigin | 'cache')[] {
  const { cacheFolder, signal, patience = DEFAULT_PATIENCE, random = Math.random } = options;
  const downloading = { patience, random, signal };
  const isUrl = (mirror: string) => /^https?:\/\//i.test(mirror);
  return [
    ...options.mirrors.filter((mirror) => !isUrl(mirror)).map(mirrorFolder),
    'cache',
    ...options.mirrors.filter(isUrl).map((mirror) => mirrorUrl(mirror, downloading)),
    upstream(downloading),
    debianArchive({ cacheFolder, signal }),
  ];
}

async function askForEach(
  pins: readonly SourceArchive[],
  origin: SourceOrigin | 'cache',
  cache: DownloadCache,
  report: Report,
  tried: Tried[],
): Promise<FetchedSource | undefined> {
  for (const archive of pins) {
    if (origin === 'cache') {
      const path = await cache.find(archive);
      if (path !== undefined) return { path, archive, origin };
      continue;
    }
    const attempt = await ask(archive, origin, cache, report);
    if (attempt?.outcome === 'verified') return { path: attempt.path, archive, origin: origin.kind };
    if (attempt === undefined) continue;
    const line = `${archive.file} from ${origin.kind} ${origin.placeOf(archive)}: it ${attempt.answer}`;
    tried.push({ mismatch: attempt.outcome === 'mismatch', line });
    report({ kind: 'note', text: line });
  }
  return undefined;
}

async function ask(
  archive: SourceArchive,
  origin: SourceOrigin,
  cache: DownloadCache,
  report: Report,
): Promise<Attempt | undefined> {
  const place = origin.placeOf(archive);
  if (place === undefined) return undefined;
  report({ kind: 'doing', text: `fetching ${archive.file} from ${place}` });
  const { update } = countReporter(report, {
    text: `fetching ${archive.file}`,
    unit: 'bytes',
    ...(archive.size === undefined ? {} : { of: archive.size }),
  });
  return cache.receive(archive, (into) => origin.deliver(archive, into, update));
}

function unavailable(pins: readonly SourceArchive[], tried: readonly Tried[]): Result<never> {
  const names = pins.map((pin) => pin.file).join(' or ');
  const mismatches = tried.filter((one) => one.mismatch).length;
  const wanted = pins.map((pin) => `${pin.file} (sha256 ${pin.sha256})`).join(' or ');
  const next = `Put ${wanted} into a folder and pass that folder with --source-mirror.`;
  const detail = tried.map((one) => one.line).join('\n');
  return mismatches > 0
    ? fail(
        'source-mismatch',
        `No origin has the pinned bytes of ${names}, and ${mismatches} sent other bytes.`,
        next,
        detail,
      )
    : fail('source-unavailable', `None of ${tried.length} origins could deliver ${names}.`, next, detail);
}
