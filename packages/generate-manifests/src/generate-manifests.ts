import { type ManifestResult, ok, type Result, type Runtime } from '@dtvem/contracts';
import { generateManifest, type ManifestPorts } from './generate-manifest.ts';
import { manifestKey } from './read-manifest.ts';

/** Generates the manifests of several runtimes, one after the other. One that fails does not stop the others. */
export async function generateManifests(
  runtimes: readonly Runtime[],
  ports: ManifestPorts,
): Promise<Result<readonly ManifestResult[]>> {
  const results: ManifestResult[] = [];
  let problem: Result<never> | undefined;
  for (const runtime of runtimes) {
    const result = await generateManifest(runtime, ports);
    if (result.ok) {
      const { outcome, entries } = result.value;
      ports.report({ kind: 'note', text: `${manifestKey(runtime)}: ${outcome}, ${entries} entries` });
      results.push(result.value);
    } else problem ??= result;
  }
  return problem ?? ok(results);
}
