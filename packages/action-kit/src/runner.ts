import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';

/** The machine and process that run an action: all that action-kit reads from or writes to them. */
export type Runner = {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Writes to the log. */
  write(text: string): void;
  /** Appends to a file that the runner reads afterwards; does nothing where no runner asks for it. */
  append(variable: 'GITHUB_OUTPUT' | 'GITHUB_STEP_SUMMARY', text: string): void;
  randomToken(): string;
  now(): number;
};

/** The process that this is. */
export function thisRunner(): Runner {
  return {
    environment: process.env,
    write: (text) => void process.stdout.write(text),
    append: (variable, text) => {
      const file = process.env[variable];
      if (file !== undefined && file !== '') appendFileSync(file, text);
    },
    randomToken: randomUUID,
    now: Date.now,
  };
}

/** What a step may know about the place where it runs. Paths are absolute. */
export type Place = {
  /** Emptied by the runner before and after each job. */
  readonly tempFolder: string;
  readonly homeFolder: string;
  /** Folder that relative paths in inputs start from. */
  readonly workspace: string;
  /** The page of this workflow run, or undefined outside a runner. */
  readonly runUrl: string | undefined;
};

export function placeOf({ environment }: Runner): Place {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = environment;
  return {
    tempFolder: environment['RUNNER_TEMP'] ?? tmpdir(),
    homeFolder: environment['HOME'] ?? homedir(),
    workspace: environment['GITHUB_WORKSPACE'] ?? process.cwd(),
    runUrl: server && repository && run ? `${server}/${repository}/actions/runs/${run}` : undefined,
  };
}
