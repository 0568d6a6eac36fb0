import { compile, compileLibrary, compileProgram } from '../compiler.ts';
import { type FakeMember, file, folder, link, program, withMember } from '../fake-archive.ts';

/** One way to spoil a good archive, and the gate that must notice. */
export type ArchiveBreak = {
  readonly gate: string;
  readonly how: string;
  readonly needsCompiler?: boolean;
  readonly apply: (members: readonly FakeMember[]) => readonly FakeMember[];
  readonly options?: { readonly glibcMaximum?: string; readonly buildFolders?: readonly string[] };
};

const adding = (member: () => FakeMember) => (members: readonly FakeMember[]) =>
  withMember(members, member());

const appending = (member: FakeMember) => (members: readonly FakeMember[]) => [...members, member];

const changing = (name: string, change: Partial<FakeMember>) => (members: readonly FakeMember[]) =>
  members.map((member) => (member.name === name ? { ...member, ...change } : member));

const NOTES = 'python/lib/notes.txt';
const LIBRARY = 'python/lib/libdemo.so';

const formBreaks: readonly Omit<ArchiveBreak, 'gate'>[] = [
  { how: 'a hard link', apply: adding(() => ({ ...link('python/lib/zz', NOTES), type: 'link' })) },
  { how: 'a device', apply: adding(() => ({ ...file('python/lib/zz', ''), type: 'character-device' })) },
  { how: 'a named pipe', apply: adding(() => ({ ...file('python/lib/zz', ''), type: 'fifo' })) },
  { how: 'a name that leaves the folder', apply: appending(file('python/../../zz', '')) },
  { how: 'an absolute name', apply: appending(file('/zz-dtvem-gates-test', '')) },
  { how: 'something beside the top folder', apply: appending(file('zz.txt', '')) },
  { how: 'the member ./', apply: (members) => [folder('./'), ...members] },
  { how: 'names that begin with ./', apply: changing(NOTES, { name: `./${NOTES}` }) },
  { how: 'an owner', apply: changing(NOTES, { uid: 1000 }) },
  { how: 'another time', apply: changing(NOTES, { mtime: new Date(0) }) },
  { how: 'a member twice', apply: (members) => members.flatMap((m) => (m.name === NOTES ? [m, m] : [m])) },
  { how: 'names that differ in case alone', apply: adding(() => file('python/lib/Notes.txt', '')) },
  { how: 'another order', apply: (members) => [...members.slice(0, 4), ...members.slice(4).reverse()] },
];

const permissionBreaks: readonly Omit<ArchiveBreak, 'gate'>[] = [
  { how: 'a setuid program', apply: changing('python/bin/python3', { mode: 0o4755 }) },
  { how: 'a file that its group may write', apply: changing(NOTES, { mode: 0o664 }) },
  { how: 'a folder that all may write', apply: changing('python/lib', { mode: 0o757 }) },
  { how: 'a file that its owner may not write', apply: changing(NOTES, { mode: 0o444 }) },
  { how: 'a file that others may not read', apply: changing(NOTES, { mode: 0o600 }) },
];

const linkBreaks: readonly Omit<ArchiveBreak, 'gate'>[] = [
  { how: 'an absolute link', apply: adding(() => link('python/lib/zz', '/etc/passwd')) },
  { how: 'a link to nothing', apply: adding(() => link('python/lib/zz', 'gone.txt')) },
  { how: 'a link to the folder above', apply: adding(() => link('python/lib/zz', '../..')) },
  { how: 'a link to itself', apply: adding(() => link('python/lib/zz', 'zz')) },
  {
    how: 'a link to a hard link, which the client drops',
    apply: (members) =>
      withMember(
        withMember(members, { ...link('python/lib/yy', NOTES), type: 'link' }),
        link('python/lib/zz', 'yy'),
      ),
  },
];

const pathBreaks: readonly Omit<ArchiveBreak, 'gate'>[] = [
  {
    how: 'the configured prefix in a text',
    apply: changing(NOTES, { content: 'prefix=/__dtvem_prefix__/lib' }),
  },
  {
    how: 'it among other bytes',
    apply: changing(NOTES, { content: Buffer.from('\0\xff/__dtvem_prefix__\0', 'latin1') }),
  },
  {
    how: 'a folder of the build',
    apply: changing(NOTES, { content: 'cc -I/srv/b/x' }),
    options: { buildFolders: ['/srv/b'] },
  },
  { how: 'a folder of a hosted runner', apply: changing(NOTES, { content: '/home/runner/work' }) },
  { how: 'it in the target of a link', apply: adding(() => link('python/lib/zz', '/__dtvem_prefix__/bin')) },
];

const elfBreaks: readonly Omit<ArchiveBreak, 'needsCompiler'>[] = [
  { gate: 'needed-libraries', how: 'a library of the machine', apply: changingLibrary(needingForeign) },
  {
    gate: 'needed-libraries',
    how: 'a library that only a folder outside of the tree could hold',
    apply: changingLibrary(() => needingForeign(['-Wl,-rpath,$ORIGIN/../../..'])),
  },
  {
    gate: 'needed-libraries',
    how: 'an ELF file that was cut short',
    apply: changingLibrary(() => compileLibrary().subarray(0, 700)),
  },
  {
    gate: 'run-paths',
    how: 'an absolute run path',
    apply: changingLibrary(() => compileLibrary(['-Wl,-rpath,/usr/lib'])),
  },
  {
    gate: 'run-paths',
    how: 'one in the old form',
    apply: changingLibrary(() => compileLibrary(['-Wl,--disable-new-dtags,-rpath,/usr/lib'])),
  },
  {
    gate: 'run-paths',
    how: 'a second run path',
    apply: changingLibrary(() => compileLibrary(['-Wl,-rpath,$ORIGIN:/opt'])),
  },
  {
    gate: 'run-paths',
    how: 'an empty one, the current folder',
    apply: changingLibrary(() => compileLibrary(['-Wl,-rpath,$ORIGIN:'])),
  },
  {
    gate: 'run-paths',
    how: 'one that leaves the tree',
    apply: changingLibrary(() => compileLibrary(['-Wl,-rpath,$ORIGIN/../../lib'])),
  },
  {
    gate: 'memory-protection',
    how: 'an executable stack',
    apply: changingLibrary(() => compileLibrary(['-Wl,-z,execstack'])),
  },
  { gate: 'memory-protection', how: 'relocations in code', apply: changingLibrary(relocatedInCode) },
  {
    gate: 'memory-protection',
    how: 'code that is writable',
    apply: changingLibrary(() => withWritableCode(compileLibrary())),
  },
  {
    gate: 'glibc-floor',
    how: 'an ELF file that was cut short',
    apply: changingLibrary(() => compileLibrary().subarray(0, 700)),
  },
  {
    gate: 'glibc-floor',
    how: 'a target that is older',
    apply: (members) => members,
    options: { glibcMaximum: '2.1' },
  },
  { gate: 'glibc-floor', how: "a need of glibc's private parts", apply: changingLibrary(needingPrivate) },
  {
    gate: 'exported-symbols',
    how: 'a library that shows its zlib',
    apply: changingLibrary(() => compileLibrary([], 'int inflate(void) { return 0; }')),
  },
  {
    gate: 'exported-symbols',
    how: 'a program that shows its OpenSSL',
    apply: adding(() =>
      program('python/bin/zz', compileProgram(['-rdynamic'], 'int SSL_read(void) { return 0; }')),
    ),
  },
];

function changingLibrary(make: () => Buffer) {
  return adding(() => program(LIBRARY, make()));
}

function needingForeign(flags: readonly string[] = []): Buffer {
  const foreign = compileLibrary(['-Wl,-soname,libforeign.so.1'], 'int foreign(void) { return 1; }');
  const source = 'int foreign(void); int demo(void) { return foreign(); }';
  return compile(source, ['-shared', '-fPIC', ...flags, '-lforeign'], { 'libforeign.so': foreign });
}

function relocatedInCode(): Buffer {
  return compileLibrary(['-Wl,-z,notext'], '__asm__(".text\\n.globl demo\\ndemo: .quad elsewhere\\n");');
}

function needingPrivate(): Buffer {
  return compileLibrary([], 'extern char **_dl_argv; char **demo(void) { return _dl_argv; }');
}

/** No linker option makes such a file everywhere, so the flag is set in its program headers. */
function withWritableCode(elf: Buffer): Buffer {
  const start = Number(elf.readBigUInt64LE(32));
  for (let index = 0; index < elf.readUInt16LE(56); index += 1) {
    const at = start + index * elf.readUInt16LE(54);
    if (elf.readUInt32LE(at) === 1) elf.writeUInt32LE(7, at + 4);
  }
  return elf;
}

export const sharedBreaks: readonly ArchiveBreak[] = [
  ...formBreaks.map((entry) => ({ gate: 'archive-form', ...entry })),
  ...permissionBreaks.map((entry) => ({ gate: 'permissions', ...entry })),
  ...linkBreaks.map((entry) => ({ gate: 'links', ...entry })),
  ...pathBreaks.map((entry) => ({ gate: 'build-paths', ...entry })),
  ...elfBreaks.map((entry) => ({ ...entry, needsCompiler: true })),
];
