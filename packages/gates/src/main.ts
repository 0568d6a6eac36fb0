import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { type BuildRequest, type GateResult, printTitle } from '@dtvem/contracts';
import { checkArchive, type GateReport } from './check-archive.ts';
import { requestFromInside, requestFromName, requestFromText } from './request-of-archive.ts';

const USAGE = `\
npm run check -- ARCHIVE [options]

Extracts an archive as dtvem's client does and runs every gate on it, whoever built it.

  --request TEXT     what it must be: "python 3.13.5 linux-amd64"
                     (default: by the archive's name, else by what is in it)
  --max-glibc X.Y    the newest glibc that it may need
  --json             print the result alone, as JSON
  --help             print this

Exit codes: 0 every gate passed or was skipped, 5 a gate failed or the archive cannot be read,
64 the command line is wrong, 130 interrupted.
`;

const EXIT = { passed: 0, gate: 5, usage: 64, interrupted: 130 } as const;

/** Runs one command line and returns the exit code. */
async function main(words: readonly string[]): Promise<number> {
  const options = readOptions(words);
  if (options === undefined) return say(process.stderr, USAGE, EXIT.usage);
  if (options.values.help) return say(process.stdout, USAGE, EXIT.passed);
  const [path] = options.positionals;
  if (path === undefined) return say(process.stderr, USAGE, EXIT.usage);
  const { signal, ...stop } = stopOnSignals();
  const request = await requestFor(path, options.values.request, signal);
  if (typeof request === 'string') return say(process.stderr, `${request}\n`, stop.exitCode() ?? EXIT.usage);

  const glibcMaximum = options.values['max-glibc'];
  const checked = await checkArchive(
    { path, request },
    { report: () => {}, signal, scratch: tmpdir(), ...(glibcMaximum === undefined ? {} : { glibcMaximum }) },
  );
  if (!checked.ok) {
    const { code, message, next } = checked.problem;
    return say(process.stderr, `${code}: ${message}\n${next}\n`, stop.exitCode() ?? EXIT.gate);
  }
  const report = checked.value;
  const text = options.values.json ? `${JSON.stringify(report, null, 2)}\n` : describe(request, report);
  return say(process.stdout, text, hasFailed(report) ? EXIT.gate : EXIT.passed);
}

function readOptions(words: readonly string[]) {
  try {
    const read = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        request: { type: 'string' },
        'max-glibc': { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    const glibc = read.values['max-glibc'] ?? '0.0';
    return read.positionals.length <= 1 && /^\d+\.\d+$/.test(glibc) ? read : undefined;
  } catch {
    return undefined;
  }
}

/** The request, or the sentence that says why there is none. */
async function requestFor(
  path: string,
  text: string | undefined,
  signal: AbortSignal,
): Promise<BuildRequest | string> {
  const hint = 'Say what it is with --request "python 3.13.5 linux-amd64".';
  if (text !== undefined) return requestFromText(text) ?? `"${text}" names no build. ${hint}`;
  try {
    const request = requestFromName(path) ?? (await requestFromInside(path, signal));
    return request ?? `Neither the name of ${path} nor what is in it says what it is. ${hint}`;
  } catch (error) {
    return `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
  }
}

function describe(request: BuildRequest, report: GateReport): string {
  const count = (outcome: GateResult['outcome']) =>
    report.gates.filter((gate) => gate.outcome === outcome).length;
  return [
    printTitle(request),
    ...report.gates.map(describeGate),
    `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped; ` +
      `glibc floor ${report.glibcFloor ?? 'unknown'}`,
    '',
  ].join('\n');
}

/** One line a gate; what it saw follows only where it did not pass. */
function describeGate({ id, title, outcome, evidence, seconds }: GateResult): string {
  const line = `${outcome.padEnd(7)}  ${id.padEnd(20)}  ${title} (${seconds.toFixed(1)} s)`;
  return outcome === 'passed'
    ? line
    : [line, ...evidence.split('\n').map((text) => `         ${text}`)].join('\n');
}

function hasFailed({ gates }: GateReport): boolean {
  return gates.some(({ outcome }) => outcome === 'failed');
}

/** Aborts on Ctrl-C and its like, so that what was extracted is removed before the process ends. */
function stopOnSignals() {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => controller.abort());
  const { signal } = controller;
  return { signal, exitCode: () => (signal.aborted ? EXIT.interrupted : undefined) };
}

function say(stream: NodeJS.WriteStream, text: string, exitCode: number): number {
  stream.write(text);
  return exitCode;
}

process.exitCode = await main(process.argv.slice(2));
