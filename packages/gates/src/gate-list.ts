import type { Runtime } from '@dtvem/contracts';
import type { Gate } from './gate.ts';
import { pythonGates } from './python/python-gates.ts';
import { sharedGates } from './shared/shared-gates.ts';

const RUNTIME_GATES: Readonly<Partial<Record<Runtime, readonly Gate[]>>> = { python: pythonGates };

/** The gates of a runtime in the order in which they run; empty while its builds have not landed. */
export function gatesOf(runtime: Runtime): readonly Gate[] {
  const own = RUNTIME_GATES[runtime];
  return own === undefined ? [] : [...sharedGates, ...own];
}

/** What an archive of this runtime will be held to. */
export function gateList(runtime: Runtime): readonly { readonly id: string; readonly title: string }[] {
  return gatesOf(runtime).map(({ id, title }) => ({ id, title }));
}
