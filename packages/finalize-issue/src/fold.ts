import { codeBlock, folded } from '@dtvem/action-kit';

/** A part of a comment that opens on a click, and the part that gives way when the comment gets too long. */
export type Fold = {
  readonly title: string;
  readonly lines: readonly string[];
  /** Which lines matter most: those of a log are its last. */
  readonly keep: 'first' | 'last';
  readonly render: (lines: readonly string[]) => string;
};

const MAX_LINE_LENGTH = 500;
/** Tags, title and blank lines around what is folded. */
const FRAME = 200;

/** Text that others wrote, of which the last lines are kept. */
export function codeFold(title: string, text: string): Fold {
  const lines = text.trim().split(/\r\n|\r|\n/);
  return {
    title,
    keep: 'last',
    lines: lines.map((line) => line.slice(0, MAX_LINE_LENGTH)),
    render: (kept) => codeBlock(kept.join('\n')),
  };
}

/** Lines of Markdown below a fixed head, of which the first are kept. */
export function markdownFold(title: string, head: string, lines: readonly string[]): Fold {
  return {
    title,
    keep: 'first',
    lines,
    render: (kept) => [head, ...kept].filter((line) => line !== '').join('\n'),
  };
}

/** The folds as Markdown, each shortened so that all of them together have at most `room` characters. */
export function fitFolds(folds: readonly Fold[], room: number): readonly string[] {
  const share = Math.floor(room / Math.max(1, folds.length)) - FRAME;
  return folds.filter(({ lines }) => lines.length > 0).map((fold) => fitFold(fold, share));
}

function fitFold({ title, lines, keep, render }: Fold, room: number): string {
  let kept = lines;
  while (kept.length > 0 && render(kept).length > room) {
    const fewer = Math.floor(kept.length * 0.9);
    kept = keep === 'first' ? kept.slice(0, fewer) : kept.slice(kept.length - fewer);
  }
  const cut = kept.length < lines.length ? ` (${keep} ${kept.length} of ${lines.length} lines)` : '';
  return folded(`${title}${cut}`, render(kept));
}
