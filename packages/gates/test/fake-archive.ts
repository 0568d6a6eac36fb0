import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Header, pack } from 'tar-stream';

/** A member to be packed as it stands, well formed or not. */
export type FakeMember = {
  readonly name: string;
  readonly type: NonNullable<Header['type']>;
  readonly mode: number;
  readonly uid: number;
  readonly mtime: Date;
  readonly content?: Buffer | string;
  readonly linkname?: string;
};

const COMMON = { uid: 0, mtime: new Date('2020-02-02T02:02:02Z') } as const;

export function folder(name: string): FakeMember {
  return { ...COMMON, name, type: 'directory', mode: 0o755 };
}

export function file(name: string, content: Buffer | string): FakeMember {
  return { ...COMMON, name, type: 'file', mode: 0o644, content };
}

export function program(name: string, content: Buffer | string): FakeMember {
  return { ...file(name, content), mode: 0o755 };
}

export function link(name: string, linkname: string): FakeMember {
  return { ...COMMON, name, type: 'symlink', mode: 0o777, linkname };
}

/** A tree that no shared gate objects to. `elf` are the bytes of a program and of a library. */
export function healthyTree(elf: { readonly program: Buffer | string; readonly library: Buffer | string }) {
  return [
    folder('python'),
    folder('python/bin'),
    link('python/bin/python', 'python3'),
    program('python/bin/python3', elf.program),
    // Before the folder: in the order of a listing's bytes, `.` comes before `/`.
    file('python/lib.txt', 'what is in lib'),
    folder('python/lib'),
    program('python/lib/libdemo.so', elf.library),
    link('python/lib/libdemo.so.1', 'libdemo.so'),
    file('python/lib/notes.txt', 'nothing to see'),
  ];
}

/** With one more member, in its place. */
export function withMember(members: readonly FakeMember[], member: FakeMember): readonly FakeMember[] {
  const rest = members.filter(({ name }) => name !== member.name);
  return [...rest, member].sort((a, b) => Buffer.compare(listed(a), listed(b)));
}

function listed({ name, type }: FakeMember): Buffer {
  return Buffer.from(type === 'directory' ? `${name}/` : name);
}

export async function packMembers(members: readonly FakeMember[], archive: string): Promise<void> {
  const tar = pack();
  for (const { content, ...member } of members) {
    // As every tar writes folders, and lists them.
    const name = member.type === 'directory' ? `${member.name}/` : member.name;
    tar.entry({ ...member, name, gid: member.uid }, content ?? '');
  }
  tar.finalize();
  await pipeline(tar, createGzip({ level: 1 }), createWriteStream(archive));
}
