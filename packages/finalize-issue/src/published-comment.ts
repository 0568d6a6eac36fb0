import { codeSpan, inlineText, link, table } from '@dtvem/action-kit';
import type { BuildReport, GateResult, IssueStatus } from '@dtvem/contracts';
import type { Comment } from './comment.ts';
import { markdownFold } from './fold.ts';
import { installLines, runtimeAndPlatform } from './words.ts';

const OUTCOMES: Readonly<Record<GateResult['outcome'], string>> = {
  passed: '✅ passed',
  failed: '❌ failed',
  skipped: '➖ skipped',
};

const PROFILES: Readonly<Record<BuildReport['profile'], string>> = {
  optimized: 'optimized: profile-guided and link-time optimisation',
  quick: 'quick: without profile-guided and link-time optimisation',
};

/** The comment for an archive that is there now: what it is, what was checked, how to install it. */
export function publishedComment(status: Extract<IssueStatus, { status: 'published' }>): Comment {
  const { request, report, manifest } = status;
  const isListed = manifest.outcome !== 'dry-run';
  return {
    shown: [
      `### ✅ ${runtimeAndPlatform(request)} is published`,
      ...(isListed
        ? installLines(request)
        : ['The manifest was not written, so dtvem does not know of it yet.']),
      facts(status),
      gateSentence(report.gates),
    ],
    folds: [
      markdownFold('What was checked', table(['Check', 'Result', 'Seconds'], []), report.gates.map(gateRow)),
      markdownFold(
        'Remarks',
        '',
        report.notes.map((note) => `- ${inlineText(note)}`),
      ),
      markdownFold(
        'Warnings of the manifest',
        '',
        manifest.warnings.map((warning) => `- ${inlineText(warning)}`),
      ),
    ],
  };
}

function facts({ url, report, publish }: Extract<IssueStatus, { status: 'published' }>): string {
  const { glibcFloor, toolchain, source } = report;
  return table(
    ['', ''],
    [
      ['Archive', link(inlineText(publish.key), url)],
      ['SHA-256', codeSpan(publish.sha256)],
      ['Size', printSize(publish.size)],
      ['Profile', PROFILES[report.profile]],
      ...(glibcFloor === null ? [] : [['Needs', `glibc ${glibcFloor} or newer`]]),
      ['Source', `${codeSpan(source.file)} (SHA-256 ${codeSpan(source.sha256)})`],
      ['Compiler', inlineText(toolchain.compiler)],
    ],
  );
}

function gateSentence(gates: readonly GateResult[]): string {
  const passed = gates.filter(({ outcome }) => outcome === 'passed').length;
  const skipped = gates.filter(({ outcome }) => outcome === 'skipped').length;
  return `${passed} of ${gates.length} checks passed${skipped === 0 ? '' : `, ${skipped} skipped`}.`;
}

function gateRow({ title, outcome, seconds }: GateResult): string {
  return `| ${inlineText(title)} | ${OUTCOMES[outcome]} | ${seconds.toFixed(1)} |`;
}

/** `34.2 MB (34,218,511 bytes)` */
function printSize(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB (${bytes.toLocaleString('en-US')} bytes)`;
}
