import { inlineText } from '@dtvem/action-kit';
import { type BuildReport, printTitle } from '@dtvem/contracts';

/** What the page of a workflow run says of a build. */
export function summarizeBuild(report: BuildReport): string {
  const { archive, toolchain, source, dependencies } = report;
  const seconds = report.durations.reduce((sum, duration) => sum + duration.seconds, 0);
  const sources = [source, ...dependencies].map(
    ({ name, version, origin }) => `| ${inlineText(name)} | ${inlineText(version)} | ${origin} |`,
  );
  return [
    `### ${inlineText(printTitle(report.request))}`,
    `\`${archive.file}\`, ${(archive.size / 1e6).toFixed(1)} MB, ${report.profile}, ${Math.round(seconds)} s, with ${inlineText(toolchain.compiler)}.`,
    '',
    `sha256 \`${archive.sha256}\``,
    '',
    ...report.notes.map((note) => `- ${inlineText(note)}`),
    '',
    '| Source | Version | From |',
    '| --- | --- | --- |',
    ...sources,
    '',
  ].join('\n');
}
