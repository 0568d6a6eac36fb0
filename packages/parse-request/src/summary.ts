import { codeSpan, inlineText, link } from '@dtvem/action-kit';
import { printTitle, type RequestDecision } from '@dtvem/contracts';

/** The decision for the page of the workflow run, as Markdown. */
export function summarise(result: RequestDecision): string {
  switch (result.decision) {
    case 'build':
      return `### To build: ${codeSpan(printTitle(result.request))}\n\nOn ${codeSpan(result.runner)}, to ${codeSpan(result.archiveKey)}.`;
    case 'already-available':
      return `### Already available: ${codeSpan(printTitle(result.request))}\n\n${link('The archive', result.entry.url)}`;
    case 'refused': {
      const { code, message, next } = result.problem;
      return `### Refused: ${codeSpan(code)}\n\n${inlineText(message)}\n\n**Next:** ${inlineText(next)}`;
    }
  }
}
