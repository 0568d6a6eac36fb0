import type { Report } from '@dtvem/contracts';
import type { ObjectStore } from '@dtvem/object-store';

export type PublishPorts = {
  readonly store: ObjectStore;
  /** A quick build may only go where it can be deleted again: into this machine's embedded store. */
  readonly storeKind: 'embedded' | 'remote';
  readonly report: Report;
  readonly signal: AbortSignal;
};
