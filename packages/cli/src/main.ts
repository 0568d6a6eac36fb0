import { resolve } from 'node:path';
import { buildPython } from '@dtvem/build-python';
import { type Problem, printTitle, type Result } from '@dtvem/contracts';
import { checkArchive, gateList } from '@dtvem/gates';
import { answerRequest, planRequest } from './answer-request.ts';
import { type Arguments, readArguments } from './arguments.ts';
import { closingWords } from './closing-words.ts';
import { exitCodeOf } from './exit-code.ts';
import { foldersBelow } from './folders.ts';
import { helpText } from './help.ts';
import { type IssueText, readIssueEvent } from './issue-event.ts';
import { machinePlatform } from './machine-platform.ts';
import { createDisplay } from './progress/display.ts';
import { abortOnShutdown } from './shutdown.ts';
import { embeddedStores, type OpenStores, s3Stores } from './stores.ts';

const DEFAULT_WORK_DIR = resolve(import.meta.dirname, '../../../.dtvem');
const machine = machinePlatform(process.platform, process.arch);

/** Runs one command line and returns the exit code. */
async function main(words: readonly string[]): Promise<number> {
  const read = readArguments(words, DEFAULT_WORK_DIR);
  if (!read.ok) return complain(read.problem);
  const options = read.value;
  if (options.help) return print(helpText());
  const text = await issueText(options);
  if (!text.ok) return complain(text.problem);
  if (options.plan) return printPlan(text.value, options);
  const stores = openStores(options);
  if (!stores.ok) return complain(stores.problem);
  return answer(text.value, options, stores.value);
}

async function answer(text: IssueText, options: Arguments, stores: OpenStores): Promise<number> {
  const controller = new AbortController();
  abortOnShutdown(controller);
  const display = createDisplay(process.stderr, Date.now);
  const ports = {
    report: display.report,
    signal: controller.signal,
    now: () => new Date(),
    openStores: stores,
    build: buildPython,
    check: checkArchive,
  };
  const result = await answerRequest(text, options, machine, ports).finally(display.stop);
  print(options.json ? `${JSON.stringify(result, null, 2)}\n` : closingWords(result));
  return result.problem === undefined ? 0 : exitCodeOf(result.problem.code);
}

function issueText({ event, title }: Arguments): Promise<Result<IssueText>> {
  if (event !== undefined) return readIssueEvent(event);
  return Promise.resolve({ ok: true, value: { title: title ?? defaultTitle(), body: '' } });
}

/** Refused later, with the reason, on a machine for which nothing is built. */
function defaultTitle(): string {
  return printTitle({ runtime: 'python', version: '3.13.5', platform: machine ?? 'linux-amd64' });
}

function printPlan(text: IssueText, options: Arguments): number {
  const planned = planRequest(text, options, machine);
  if (!planned.ok) return complain(planned.problem);
  const { plan, request } = planned.value;
  return print(`${JSON.stringify({ ...plan, gates: gateList(request.runtime) }, null, 2)}\n`);
}

function openStores(options: Arguments): Result<OpenStores> {
  if (options.store === 's3') return s3Stores(process.env);
  return { ok: true, value: embeddedStores(foldersBelow(options.workDir).store) };
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

function complain(problem: Problem): number {
  process.stderr.write(`${problem.code}: ${problem.message}\n${problem.next}\n`);
  return exitCodeOf(problem.code);
}

function reportBug(error: unknown): number {
  const stack = error instanceof Error ? error.stack : String(error);
  process.stderr.write(
    `bug: this is a fault of this project, not of your request. Please report it.\n${stack}\n`,
  );
  return exitCodeOf('bug');
}

process.exitCode = await main(process.argv.slice(2)).catch(reportBug);
