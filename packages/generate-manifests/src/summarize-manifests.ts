import { inlineText, table } from '@dtvem/action-kit';
import { type ManifestResult, RUNTIME_NAMES } from '@dtvem/contracts';

const OUTCOMES: Readonly<Record<ManifestResult['outcome'], string>> = {
  written: 'written',
  unchanged: 'unchanged',
  'dry-run': 'would be written',
};

/** The page of the workflow run about the manifests, in Markdown. */
export function summarizeManifests(results: readonly ManifestResult[]): string {
  const rows = results.map(({ runtime, outcome, entries }) => [
    RUNTIME_NAMES[runtime],
    OUTCOMES[outcome],
    String(entries),
  ]);
  const warnings = results.flatMap((result) => result.warnings.map((warning) => `- ${inlineText(warning)}`));
  return ['### Manifests', table(['Runtime', 'Manifest', 'Entries'], rows), warnings.join('\n')]
    .filter((part) => part !== '')
    .join('\n\n');
}
