import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { checkMachine } from '@dtvem/build-kit';
import { type BuildPlan, planPython, pythonNeeds } from '@dtvem/build-python';
import { archiveFileName, type BuildRequest, type Platform, type Result } from '@dtvem/contracts';
import { acceptRequest, checkHere } from './accept.ts';
import { type Answer, available, failed, published, refused } from './answer.ts';
import type { Arguments } from './arguments.ts';
import { buildAndPublish, type Ports } from './build-and-publish.ts';
import { type Folders, foldersBelow, logFile } from './folders.ts';
import type { IssueText } from './issue-event.ts';
import { removeLeftWork } from './left-work.ts';
import { findPublished } from './published.ts';
import { createStopwatch } from './stopwatch.ts';

/** From an issue's text to its answer: the whole flow of the project, on one machine. */
export async function answerRequest(
  text: IssueText,
  options: Arguments,
  machine: Platform | undefined,
  ports: Ports,
): Promise<Answer> {
  const watch = createStopwatch(ports.report, () => ports.now().getTime());
  watch.begin('parse');
  const planned = planRequest(text, options, machine);
  if (!planned.ok) return refused(planned.problem);
  const { request, plan } = planned.value;
  const folders = foldersBelow(options.workDir);
  const log = logFile(folders, request, options.profile, ports.now(), process.pid);

  const found = await findPublished(request, ports.openStores, ports.signal);
  if (!found.ok) return failed({ request, durations: watch.stop() }, 'parse', found.problem);
  if (found.value !== undefined) {
    return available(request, found.value, join(folders.archives, archiveFileName(request)));
  }
  watch.begin('prepare');
  const machineIsFit = await checkMachine(pythonNeeds(options.workDir));
  if (!machineIsFit.ok) return refused(machineIsFit.problem);
  await prepareFolders(folders);
  ports.report({ kind: 'note', text: `Full log: ${log}` });
  const done = await buildAndPublish({ request, plan, options, folders, logFile: log }, ports, watch);
  const stage = watch.stage() ?? 'parse';
  const run = { request, log, durations: watch.stop() };
  return done.ok ? published(run, done.value) : failed(run, stage, done.problem);
}

/** Everything that can be said before any work is done. */
export function planRequest(
  text: IssueText,
  options: Arguments,
  machine: Platform | undefined,
): Result<{ readonly request: BuildRequest; readonly plan: BuildPlan }> {
  const request = acceptRequest(text);
  if (!request.ok) return request;
  // A plan is made for any platform; building needs this one.
  const here = options.plan ? undefined : checkHere(request.value, options, machine);
  if (here?.ok === false) return here;
  const plan = planPython(request.value, options);
  return plan.ok ? { ok: true, value: { request: request.value, plan: plan.value } } : plan;
}

async function prepareFolders(folders: Folders): Promise<void> {
  await Promise.all(
    [folders.cache, folders.logs, folders.work].map((folder) => mkdir(folder, { recursive: true })),
  );
  await removeLeftWork(folders.work);
}
