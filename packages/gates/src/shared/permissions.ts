import type { Member } from '../archive/member.ts';
import type { Gate } from '../gate.ts';
import { countOf, judge } from '../judgement.ts';

export const permissions: Gate = {
  id: 'permissions',
  title: 'The owner may change everything, others may read it, and nothing runs with a foreign identity',
  async check({ members }) {
    // A link has no permissions of its own.
    const held = members.filter(({ type }) => type !== 'symlink');
    const findings = held.flatMap((member) =>
      faults(member).map((fault) => `${member.name} (${member.mode.toString(8)}) ${fault}`),
    );
    return judge(findings, `modes of ${countOf(held.length, 'member')} read in the archive`);
  },
};

function faults({ mode, type }: Member): string[] {
  const everyone = type === 'directory' ? 0o555 : 0o444;
  return [
    ...(mode & 0o7000 ? ['is setuid, setgid or sticky'] : []),
    ...(mode & 0o022 ? ['can be written by others'] : []),
    ...(mode & 0o200 ? [] : ['cannot be written by its owner']),
    ...((mode & everyone) === everyone ? [] : ['cannot be read by everyone']),
  ];
}
