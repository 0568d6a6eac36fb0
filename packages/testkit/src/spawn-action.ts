import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { readActionFile } from './action-file.ts';
import { inputDefault, TOKEN_OF_JOB } from './github-context.ts';
import { parseOutputs } from './runner-files.ts';
import { type ObeyedCommand, obeyedCommands } from './runner-log.ts';
import { makeTempFolder } from './temp-folder.ts';

export type ActionCall = {
  /** Values of `with:`; those left out get the defaults of action.yml. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** The event's payload, as `GITHUB_EVENT_PATH` holds it. */
  readonly event?: unknown;
  /** Further variables, such as `GITHUB_API_URL`; nothing of this process's own environment is passed on. */
  readonly env?: Readonly<Record<string, string>>;
  /** Cancels the job once it has printed this, as the runner does: with SIGINT. */
  readonly cancelOn?: string;
};

export type ActionRun = {
  readonly exitCode: number | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly stdout: string;
  readonly stderr: string;
  /** Commands `error`, `warning` and `notice` that the runner obeyed. */
  readonly annotations: readonly ObeyedCommand[];
  /** All commands that the runner obeyed, annotations included. */
  readonly commands: readonly ObeyedCommand[];
  readonly milliseconds: number;
};

const REPOSITORY = 'dtvem/requests';

/** Runs what `runs.main` of the action's action.yml names, as a runner does, and reads what it left behind. */
export async function spawnAction(actionFolder: string, call: ActionCall = {}): Promise<ActionRun> {
  const { inputs, runs } = await readActionFile(actionFolder);
  const unknown = Object.keys(call.inputs ?? {}).filter((name) => !(name in inputs));
  if (unknown.length > 0) throw new Error(`action.yml has no input ${unknown.join(', ')}.`);
  const folder = await makeTempFolder();
  try {
    const files = await prepareFiles(folder.path, call.event ?? {});
    const context = { token: TOKEN_OF_JOB, repository: REPOSITORY, event: call.event ?? {} };
    const given = Object.entries(inputs).map(([name, input]) => [
      `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
      call.inputs?.[name] ?? inputDefault(input.default ?? '', context),
    ]);
    const env = { ...runnerEnvironment(folder.path, files), ...Object.fromEntries(given), ...call.env };
    const main = join(actionFolder, runs.main);
    const ended = await runToEnd(main, { env, cwd: files.workspace, cancelOn: call.cancelOn });
    const commands = obeyedCommands(ended.stdout);
    return {
      ...ended,
      outputs: parseOutputs(await readFile(files.output, 'utf8')),
      summary: await readFile(files.summary, 'utf8'),
      commands,
      annotations: commands.filter(({ name }) => ['error', 'warning', 'notice'].includes(name)),
    };
  } finally {
    await folder.remove();
  }
}

type RunnerFiles = Readonly<Record<'output' | 'summary' | 'event' | 'workspace' | 'temp' | 'home', string>>;

async function prepareFiles(folder: string, event: unknown): Promise<RunnerFiles> {
  const [workspace, temp, home] = [join(folder, 'workspace'), join(folder, 'temp'), join(folder, 'home')];
  await Promise.all([workspace, temp, home].map((path) => mkdir(path)));
  const [output, summary, eventFile] = [
    join(folder, 'output'),
    join(folder, 'summary.md'),
    join(folder, 'event.json'),
  ];
  await Promise.all([
    writeFile(output, ''),
    writeFile(summary, ''),
    writeFile(eventFile, JSON.stringify(event)),
  ]);
  return { output, summary, event: eventFile, workspace, temp, home };
}

function runnerEnvironment(folder: string, files: RunnerFiles): Readonly<Record<string, string>> {
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    HOME: files.home,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_OUTPUT: files.output,
    GITHUB_STEP_SUMMARY: files.summary,
    GITHUB_EVENT_PATH: files.event,
    GITHUB_WORKSPACE: files.workspace,
    GITHUB_REPOSITORY: REPOSITORY,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_RUN_ID: '4711',
    RUNNER_TEMP: files.temp,
    RUNNER_TOOL_CACHE: join(folder, 'tool-cache'),
    RUNNER_OS: 'Linux',
    RUNNER_ARCH: 'X64',
  };
}

type Process = {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly cancelOn: string | undefined;
};

async function runToEnd(main: string, { env, cwd, cancelOn }: Process) {
  const start = performance.now();
  const child = spawn(process.execPath, [main], { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = new Promise<number | null>((resolve, reject) =>
    child.on('error', reject).on('close', resolve),
  );
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (more: string) => {
    const isNew = cancelOn !== undefined && !printed.includes(cancelOn);
    printed += more;
    if (isNew && printed.includes(cancelOn)) child.kill('SIGINT');
  });
  const [stderr, exitCode] = await Promise.all([text(child.stderr), exit]);
  return { stdout: printed, stderr, exitCode, milliseconds: performance.now() - start };
}
