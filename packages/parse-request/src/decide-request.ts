import { runnerFor } from '@dtvem/catalog';
import {
  archiveFileName,
  archiveKey,
  type BuildRequest,
  findEntry,
  type Manifest,
  type Report,
  type RequestDecision,
} from '@dtvem/contracts';
import type { Issue } from './issue.ts';
import { parseRequest } from './parse-request.ts';
import type { ReadManifest } from './public-manifest.ts';

export type DecisionPorts = { readonly readManifest: ReadManifest; readonly report: Report };

/**
 * Decides what happens with an issue: it is built, it is there already, or it is refused. Whether it is there is
 * asked of the manifest and never of the archive's own address, where a cached 404 would stay. A manifest that
 * cannot be read stops nothing: the conditional write at the end decides.
 */
export async function decideRequest(
  issue: Issue,
  { readManifest, report }: DecisionPorts,
): Promise<RequestDecision> {
  const request = parseRequest(issue);
  if (!request.ok) return { schemaVersion: 1, decision: 'refused', problem: request.problem };
  const { runtime } = request.value;
  const answer = await readManifest(runtime);
  if (answer.kind === 'unknown') {
    const text = `The manifest of ${runtime} could not be read (${answer.why}); publishing will notice if the archive is there already.`;
    report({ kind: 'note', text });
  }
  return decide(request.value, answer.kind === 'found' ? answer.manifest : undefined);
}

/** The decision about a request, given the manifest of its runtime where there is one. */
export function decide(request: BuildRequest, manifest: Manifest | undefined): RequestDecision {
  const entry = manifest && findEntry(manifest, request.version, request.platform);
  if (entry !== undefined) return { schemaVersion: 1, decision: 'already-available', request, entry };
  return {
    schemaVersion: 1,
    decision: 'build',
    request,
    runner: runnerFor(request.platform).label,
    archiveKey: archiveKey(request),
    archiveFile: archiveFileName(request),
  };
}
