import { leavesFolder, type Member } from '../archive/member.ts';
import type { Gate } from '../gate.ts';
import { countOf, judge } from '../judgement.ts';

const KNOWN_TYPES: readonly string[] = ['file', 'directory', 'symlink'];

export const archiveForm: Gate = {
  id: 'archive-form',
  title: 'The archive has the one form that packing gives and the client extracts',
  async check({ members, request }) {
    const findings = [
      ...members.flatMap((member) => oddNames(member, request.runtime)),
      ...members
        .filter(({ type }) => !KNOWN_TYPES.includes(type))
        .map(({ name, type }) => `${name} is a ${type}`),
      ...members
        .filter(({ uid, gid }) => uid !== 0 || gid !== 0)
        .map(({ name, uid, gid }) => `${name} belongs to ${uid}/${gid}`),
      ...differentTimes(members),
      ...repeatedNames(members),
      ...unsorted(members),
    ];
    return judge(findings, `${countOf(members.length, 'member')} read`);
  },
};

function oddNames({ name }: Member, top: string): string[] {
  if (leavesFolder(name)) return [`${name} leaves the folder`];
  const parts = name.split('/');
  if (parts[0] !== top && name !== '.' && parts[0] !== '.') return [`${name} is not below ${top}/`];
  return parts.some((part) => part === '.' || part === '') ? [`${name} is not written plainly`] : [];
}

function differentTimes(members: readonly Member[]): string[] {
  const times = [...new Set(members.map(({ mtime }) => mtime))];
  return times.length > 1 ? [`${times.length} different times: ${times.slice(0, 3).join(', ')} …`] : [];
}

/** Names that are the same, or the same to a file system that does not tell case apart. */
function repeatedNames(members: readonly Member[]): string[] {
  const seen = new Map<string, string>();
  return members.flatMap(({ name }) => {
    const other = seen.get(name.toLowerCase());
    seen.set(name.toLowerCase(), name);
    if (other === undefined) return [];
    return [other === name ? `${name} is there twice` : `${name} and ${other} differ in case alone`];
  });
}

/** Sorted is by the bytes of the listing, either of whole names or folder by folder: `a.b` before `a/`, or after it. */
function unsorted(members: readonly Member[]): string[] {
  const listed = members.map(({ name, type }) => (type === 'directory' ? `${name}/` : name));
  const faults = [listed, listed.map((name) => name.replaceAll('/', '\0'))].map((names) =>
    names.findIndex((name, index) => {
      const before = names[index - 1];
      return before !== undefined && Buffer.compare(Buffer.from(before), Buffer.from(name)) > 0;
    }),
  );
  const fault = Math.max(...faults);
  return faults.includes(-1) ? [] : [`${listed[fault]} is not in its place: names are not sorted`];
}
