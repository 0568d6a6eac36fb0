import type { Fold } from './fold.ts';

/** A comment before it is put together: paragraphs of Markdown that are always there, and parts that open on a click. */
export type Comment = { readonly shown: readonly string[]; readonly folds?: readonly Fold[] };
