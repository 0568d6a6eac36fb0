import type { ProgressEvent, Report, Stage } from '@dtvem/contracts';
import { logCommand, plainLine, withCommandsStopped } from './log-command.ts';
import type { Runner } from './runner.ts';

const STAGE_TITLES: Readonly<Record<Stage, string>> = {
  parse: 'Parse the request',
  prepare: 'Prepare',
  build: 'Build',
  pack: 'Pack',
  gates: 'Check the archive',
  publish: 'Publish',
  manifests: 'Update the manifest',
  finish: 'Finish',
};

const MILLISECONDS_BETWEEN_COUNTS = 10_000;

export type Log = {
  /** Shows progress: each stage is a group of the log, and counts appear every ten seconds. */
  readonly report: Report;
  /** Shows what others printed, such as the end of a build's log, in a group in which no command is obeyed. */
  showUntrusted(title: string, text: string): void;
  /** Ends the group that is open, if one is. */
  endGroup(): void;
};

/** The runner's log, for people and for everything that steps report. */
export function runnerLog(runner: Runner): Log {
  let groupIsOpen = false;
  let lastCount = Number.NEGATIVE_INFINITY;

  function endGroup(): void {
    if (groupIsOpen) runner.write('::endgroup::\n');
    groupIsOpen = false;
  }
  function startGroup(title: string): void {
    endGroup();
    runner.write(logCommand('group', {}, title));
    groupIsOpen = true;
  }
  function isTooSoon(event: ProgressEvent): boolean {
    if (event.kind !== 'count') return false;
    const now = runner.now();
    if (now - lastCount < MILLISECONDS_BETWEEN_COUNTS) return true;
    lastCount = now;
    return false;
  }
  function report(event: ProgressEvent): void {
    if (event.kind === 'stage') startGroup(STAGE_TITLES[event.stage]);
    else if (!isTooSoon(event)) runner.write(plainLine(describe(event)));
  }
  function showUntrusted(title: string, text: string): void {
    startGroup(title);
    runner.write(withCommandsStopped(text, runner.randomToken()));
    endGroup();
  }
  return { report, showUntrusted, endGroup };
}

function describe(event: Exclude<ProgressEvent, { kind: 'stage' }>): string {
  if (event.kind === 'note') return `Note: ${event.text}`;
  if (event.kind === 'doing') return event.text;
  const amount = (value: number) => (event.unit === 'bytes' ? (value / 1_000_000).toFixed(1) : String(value));
  const end = event.of === undefined ? '' : ` of ${amount(event.of)}`;
  return `${event.text}: ${amount(event.done)}${end} ${event.unit === 'bytes' ? 'MB' : event.unit}`;
}
