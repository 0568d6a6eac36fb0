import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildRequest, fail, type GateResult, ok, type Report, type Result } from '@dtvem/contracts';
import { extractLikeClient } from './archive/extract-like-client.ts';
import { type Member, readMembers } from './archive/member.ts';
import type { Gate } from './gate.ts';
import { makeGateContext } from './gate-context.ts';
import { gatesOf } from './gate-list.ts';
import { makePlace, type Place } from './place.ts';
import { runGate } from './run-gate.ts';
import { measureGlibcFloor } from './shared/glibc-floor.ts';

export type GateReport = {
  readonly gates: GateResult[];
  /** The newest glibc version that any ELF file asks for; null when none asks for one. */
  readonly glibcFloor: string | null;
};

export type CheckOptions = {
  readonly report: Report;
  readonly signal: AbortSignal;
  /** Below which folder the archive is extracted for the check; the system's own where others cannot reach it. */
  readonly scratch: string;
  /** Folders that the archive was built in: no file may name them. */
  readonly buildFolders?: readonly string[];
  readonly glibcMaximum?: string;
  /** Default: all of the request's runtime. */
  readonly gates?: readonly Gate[];
};

/**
 * Extracts an archive as dtvem's client does and runs every gate on it; nothing of the extracted tree stays. A gate
 * that fails is in the report. Problems: `runtime-not-landed`, `archive-unreadable`, `interrupted`.
 */
export async function checkArchive(
  archive: { readonly path: string; readonly request: BuildRequest },
  options: CheckOptions,
): Promise<Result<GateReport>> {
  const gates = options.gates ?? gatesOf(archive.request.runtime);
  if (options.gates === undefined && gates.length === 0) {
    return fail(
      'runtime-not-landed',
      `There are no gates for ${archive.request.runtime} yet.`,
      'Check an archive of another runtime.',
    );
  }
  const place = await makePlace(options.scratch);
  try {
    const opened = await openArchive(archive, place, options);
    if (!opened.ok) return opened;
    return await runGates(gates, { ...archive, members: opened.value }, place, options);
  } finally {
    await place.remove();
  }
}

async function openArchive(
  { path, request }: { readonly path: string; readonly request: BuildRequest },
  place: Place,
  { report, signal }: CheckOptions,
): Promise<Result<readonly Member[]>> {
  report({ kind: 'doing', text: 'extracting the archive as the client does' });
  try {
    const members = await readMembers(path, signal);
    await extractLikeClient(path, place.extracted, signal);
    await access(join(place.extracted, request.runtime), constants.R_OK);
    return ok(members);
  } catch (error) {
    if (signal.aborted) return interrupted();
    const cause = error instanceof Error ? error.message : String(error);
    return fail(
      'archive-unreadable',
      `The archive cannot be extracted as dtvem's client does it: ${cause}.`,
      `Look at it with tar -tvf; it must be a .tar.gz with everything below ${request.runtime}/.`,
    );
  }
}

async function runGates(
  gates: readonly Gate[],
  { request, members }: { readonly request: BuildRequest; readonly members: readonly Member[] },
  place: Place,
  { report, signal, buildFolders = [], glibcMaximum }: CheckOptions,
): Promise<Result<GateReport>> {
  const tree = join(place.extracted, request.runtime);
  const context = await makeGateContext({
    request,
    members,
    tree,
    place,
    buildFolders,
    glibcMaximum,
    signal,
  });
  const results: GateResult[] = [];
  for (const gate of gates) {
    report({ kind: 'doing', text: `gate ${gate.id}` });
    results.push(await runGate(gate, context, () => performance.now()));
    if (signal.aborted) return interrupted();
  }
  return ok({ gates: results, glibcFloor: measureGlibcFloor(await context.elfFiles()) });
}

function interrupted(): Result<never> {
  return fail('interrupted', 'The check of the archive was stopped.', 'Run it again.');
}
