import type { Runtime } from '@dtvem/contracts';
import { platformsWithoutRunner } from '../runners.ts';
import { describeEndingRunners, describeRefusal, describeUpdates } from './describe-update.ts';
import { fetchText } from './fetch-text.ts';
import { nodejsOrg } from './nodejs-org.ts';
import { HELP, type ListAddresses, readOptions } from './options.ts';
import { pythonOrg } from './python-org.ts';
import { rubyLang } from './ruby-lang.ts';
import { updateCatalog } from './update-catalog.ts';
import type { ListUpstream } from './upstream-list.ts';

const DAYS_OF_NOTICE = 90;
const MS_PER_DAY = 24 * 60 * 60 * 1000;

/** What the command wants printed, and its exit code. */
export type Outcome = { readonly exitCode: 0 | 1 | 2; readonly stdout: string; readonly stderr: string };

/** The command `update-catalog`, from its arguments to its last line. */
export async function runUpdate(args: readonly string[], now: Date): Promise<Outcome> {
  const options = readOptions(args);
  if (!options.ok) return { exitCode: 2, stdout: '', stderr: describeRefusal(options.problem) };
  if (options.value.help) return { exitCode: 0, stdout: HELP, stderr: '' };

  const { runtimes, ...rest } = options.value;
  const upstreams = new Map(runtimes.map((runtime) => [runtime, upstreamOf(runtime, rest)]));
  const updated = await updateCatalog(upstreams, fetchText, rest);
  if (!updated.ok) return { exitCode: 1, stdout: '', stderr: describeRefusal(updated.problem) };

  const horizon = new Date(now.getTime() + DAYS_OF_NOTICE * MS_PER_DAY);
  const reminder = describeEndingRunners(platformsWithoutRunner(horizon));
  return { exitCode: 0, stdout: describeUpdates(updated.value) + reminder, stderr: '' };
}

function upstreamOf(runtime: Runtime, addresses: ListAddresses): ListUpstream {
  switch (runtime) {
    case 'python':
      return pythonOrg({ api: addresses.pythonApi });
    case 'ruby':
      return rubyLang({ index: addresses.rubyIndex, releases: addresses.rubyReleases });
    case 'node':
      return nodejsOrg({ dist: addresses.nodeDist });
  }
}
