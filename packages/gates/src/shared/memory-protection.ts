import { elfGate } from './elf-gate.ts';

export const memoryProtection = elfGate({
  id: 'memory-protection',
  title:
    'No memory is writable and executable: not the stack, not a segment, not the code while it is relocated',
  faults: ({ elf }) => [
    ...(elf.stack === 'protected' ? [] : [`asks for an executable stack (${elf.stack})`]),
    ...(elf.writableCode ? ['has a segment that is writable and executable'] : []),
    ...(elf.textRelocations ? ['has relocations in its code (TEXTREL)'] : []),
  ],
});
