import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fail, isRuntime, ok, type Result, RUNTIMES, type Runtime } from '@dtvem/contracts';
import type { UpdateOptions } from './update-catalog.ts';

/** Where upstream's lists are read. The addresses of the archives themselves do not follow from these. */
export type ListAddresses = {
  readonly pythonApi: string;
  readonly rubyIndex: string;
  readonly rubyReleases: string;
  readonly nodeDist: string;
};

export type Options = UpdateOptions &
  ListAddresses & { readonly runtimes: readonly Runtime[]; readonly help: boolean };

const OPTIONS = {
  runtime: { type: 'string', multiple: true },
  recheck: { type: 'boolean', default: false },
  data: { type: 'string', default: join(import.meta.dirname, '../../data') },
  'python-api': { type: 'string', default: 'https://www.python.org/api/v2/downloads' },
  'ruby-index': { type: 'string', default: 'https://cache.ruby-lang.org/pub/ruby/index.txt' },
  'ruby-releases': {
    type: 'string',
    default: 'https://raw.githubusercontent.com/ruby/www.ruby-lang.org/master/_data/releases.yml',
  },
  'node-dist': { type: 'string', default: 'https://nodejs.org/dist' },
  help: { type: 'boolean', default: false },
} as const;

export const HELP = `Adds the releases that upstream published since to packages/catalog/data.

Usage: npm run update-catalog -- [options]

  --runtime NAME       only this runtime: ${RUNTIMES.join(', ')}; repeatable (default: all)
  --recheck            also compare every pinned checksum with upstream's (Python and Node.js: one request each)
  --data FOLDER        the folder with the data files
  --python-api URL     ${OPTIONS['python-api'].default}
  --ruby-index URL     ${OPTIONS['ruby-index'].default}
  --ruby-releases URL  ${OPTIONS['ruby-releases'].default}
  --node-dist URL      ${OPTIONS['node-dist'].default}
  --help               this text

Exit code 0: up to date now. 1: refused, nothing was written. 2: wrong arguments.
`;

/** Reads the command line. Fails with `input-invalid`. */
export function readOptions(args: readonly string[]): Result<Options> {
  const values = parse(args);
  if (!values.ok) return values;
  const { runtime = RUNTIMES, recheck, help, data } = values.value;
  const runtimes = runtime.filter(isRuntime);
  const unknown = runtime.find((name) => !isRuntime(name));
  if (unknown !== undefined) return wrong(`There is no runtime ${JSON.stringify(unknown)}.`);
  return ok({
    runtimes,
    recheck,
    help,
    dataFolder: data,
    pythonApi: values.value['python-api'],
    rubyIndex: values.value['ruby-index'],
    rubyReleases: values.value['ruby-releases'],
    nodeDist: values.value['node-dist'],
  });
}

function parse(args: readonly string[]) {
  try {
    return ok(parseArgs({ args: [...args], options: OPTIONS, strict: true }).values);
  } catch (error) {
    return wrong(error instanceof Error ? error.message : 'The arguments cannot be read.');
  }
}

function wrong(message: string): Result<never> {
  return fail('input-invalid', message, 'Run the command with --help to see its options.');
}
