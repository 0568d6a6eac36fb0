import type { Origin, SourceArchive } from '@dtvem/contracts';
import type { PartialFile } from './partial-file.ts';

/** What came of asking one origin for one archive; `answer` continues the sentence "the origin ...". */
export type Attempt =
  | { readonly outcome: 'verified'; readonly path: string }
  | { readonly outcome: 'unavailable'; readonly answer: string }
  | { readonly outcome: 'mismatch'; readonly answer: string };

/** Whether an origin delivered all the bytes that it has; whether they are the right ones is checked afterwards. */
export type Delivery = { readonly delivered: true } | { readonly delivered: false; readonly answer: string };

export const DELIVERED: Delivery = { delivered: true };

export function refuse(answer: string): Delivery {
  return { delivered: false, answer };
}

/** Told how many bytes are there. */
export type Progress = (received: number) => void;

/** A place that may hold archives. It is never trusted: the pinned sha256 is. */
export type SourceOrigin = {
  readonly kind: Origin;
  /** Undefined when the archive has no place in this origin, which is then not listed as tried. */
  readonly placeOf: (pin: SourceArchive) => string | undefined;
  readonly deliver: (pin: SourceArchive, into: PartialFile, progress: Progress) => Promise<Delivery>;
};
