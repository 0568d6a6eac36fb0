import type { ProgressEvent } from '@dtvem/contracts';

type Count = Extract<ProgressEvent, { kind: 'count' }>;

/** `12.3 of 53.2 MB`, `4,312 lines`. */
export function printAmount(count: Count): string {
  if (count.unit === 'lines') return `${count.done.toLocaleString('en')} lines`;
  const done = (count.done / 1e6).toFixed(1);
  return count.of === undefined ? `${done} MB` : `${done} of ${(count.of / 1e6).toFixed(1)} MB`;
}

/** `24.9 MB (24,912,345 bytes)`. */
export function printSize(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB (${bytes.toLocaleString('en')} bytes)`;
}
