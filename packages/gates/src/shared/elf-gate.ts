import type { ElfFile } from '../elf/read-elf.ts';
import type { Gate, GateContext } from '../gate.ts';
import { countOf, judge } from '../judgement.ts';

type ElfFault = (
  file: { readonly path: string; readonly elf: ElfFile },
  context: GateContext,
) => readonly string[];

/** A gate on each file that the loader may load. An ELF file that cannot be read is a fault, not a pass. */
export function elfGate(gate: {
  readonly id: string;
  readonly title: string;
  readonly faults: ElfFault;
}): Gate {
  return {
    id: gate.id,
    title: gate.title,
    async check(context) {
      const elfFiles = await context.elfFiles();
      const findings = elfFiles.flatMap(({ path, reading }) => {
        if (!reading.ok) return [`${path} cannot be read: ${reading.reason}`];
        const faults = reading.elf.loadable ? gate.faults({ path, elf: reading.elf }, context) : [];
        return faults.map((fault) => `${path} ${fault}`);
      });
      const none = elfFiles.length === 0 ? ['there is no ELF file at all'] : [];
      return judge([...none, ...findings], `${countOf(elfFiles.length, 'ELF file')} read`);
    },
  };
}
