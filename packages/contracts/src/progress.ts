/** What a person sees while something works. `of` is absent where the end is not known. */
export type ProgressEvent =
  | { readonly kind: 'stage'; readonly stage: Stage }
  | { readonly kind: 'doing'; readonly text: string }
  | {
      readonly kind: 'count';
      readonly text: string;
      readonly done: number;
      readonly of?: number;
      readonly unit: 'bytes' | 'lines';
    }
  | { readonly kind: 'note'; readonly text: string };

export const STAGES = [
  'parse',
  'prepare',
  'build',
  'pack',
  'gates',
  'publish',
  'manifests',
  'finish',
] as const;
export type Stage = (typeof STAGES)[number];

/** Told of everything that happens; must not throw and must not wait. */
export type Report = (event: ProgressEvent) => void;
