import { appendFile, chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One way to spoil the extracted tree of a good CPython archive, and the gate that must notice. */
export type TreeBreak = {
  readonly gate: string;
  readonly how: string;
  readonly apply: (tree: string) => Promise<void>;
};

/** `lib/python3.13` of a tree. */
async function standardLibrary(tree: string): Promise<string> {
  const names = await readdir(join(tree, 'lib'));
  const name = names.find((entry) => /^python\d\.\d+$/.test(entry));
  if (name === undefined) throw new Error(`${tree} holds no standard library`);
  return join(tree, 'lib', name);
}

const removing = (path: string) => async (tree: string) =>
  rm(join(await standardLibrary(tree), path), { recursive: true });

/** Python runs this file at every start, so it can undo what a good build did. */
const atStart = (source: string) => async (tree: string) =>
  appendFile(join(await standardLibrary(tree), 'sitecustomize.py'), `\n${source}\n`);

export const pythonBreaks: readonly TreeBreak[] = [
  {
    gate: 'python-bytecode',
    how: 'a compiled module with the time of its source',
    apply: async (tree) => writeFile(join(await standardLibrary(tree), 'old.pyc'), Buffer.alloc(16)),
  },
  {
    gate: 'python-starts',
    how: 'no bin/python',
    apply: (tree) => rm(join(tree, 'bin', 'python')),
  },
  {
    gate: 'python-starts',
    how: 'another version',
    apply: atStart('import platform; platform.python_version = lambda: "3.0.0"'),
  },
  {
    gate: 'python-prefix',
    how: 'a prefix that stays',
    apply: atStart('import sys; sys.prefix = "/usr/local"'),
  },
  {
    gate: 'python-prefix',
    how: 'modules from another place',
    apply: atStart('import sys; sys.path.append("/usr/lib/python3/dist-packages")'),
  },
  { gate: 'python-imports', how: 'a module that is missing', apply: removing('bz2.py') },
  {
    gate: 'python-imports',
    how: 'an extension module that is missing',
    apply: atStart('import sys; sys.modules["_uuid"] = None'),
  },
  {
    gate: 'python-hashes',
    how: 'a hash that is missing',
    apply: atStart('import hashlib; del hashlib.scrypt'),
  },
  { gate: 'python-sqlite', how: 'no SQLite', apply: removing('sqlite3') },
  {
    gate: 'python-tls',
    how: 'certificates that nobody checks',
    apply: atStart('import ssl; ssl.create_default_context = lambda **_: ssl._create_unverified_context()'),
  },
  {
    gate: 'python-tls',
    how: 'an authority that is not heard',
    apply: atStart('import ssl; ssl.SSLContext.load_verify_locations = lambda *_: None'),
  },
  {
    gate: 'python-terminfo',
    how: 'a terminal that is unknown',
    apply: async (tree) =>
      appendFile(
        join(await standardLibrary(tree), 'curses', '__init__.py'),
        '\ndef setupterm(*_):\n    raise error("could not find terminal")\n',
      ),
  },
  {
    gate: 'python-line-editing',
    how: 'GNU readline',
    apply: atStart(
      'import sys, types; sys.modules["readline"] = types.ModuleType("readline", "GNU readline")',
    ),
  },
  {
    gate: 'python-sysconfig',
    how: "the build machine's compiler",
    apply: atStart('import sysconfig; sysconfig.get_config_vars()["CC"] = "gcc-11 -pthread"'),
  },
  {
    gate: 'python-sysconfig',
    how: 'the configured prefix',
    apply: atStart('import sysconfig; sysconfig.get_config_vars()["LIBPL"] = "/__dtvem_prefix__/lib"'),
  },
  {
    gate: 'python-sysconfig',
    how: 'a flag of link-time optimisation',
    apply: atStart('import sysconfig; sysconfig.get_config_vars()["LDFLAGS"] = "-flto=thin"'),
  },
  {
    gate: 'python-bin-scripts',
    how: 'a script that names an interpreter of the build',
    apply: async (tree) => {
      const script = join(tree, 'bin', 'zz');
      await writeFile(script, '#!/nowhere/bin/python3\nprint("hello")\n');
      await chmod(script, 0o755);
    },
  },
  {
    gate: 'python-venv',
    how: 'no pip to put into it',
    apply: removing(join('ensurepip', '_bundled')),
  },
  {
    gate: 'python-pip',
    how: 'a pip that cannot install',
    apply: atStart('import sys\nif any("gate_greeting" in word for word in sys.orig_argv): sys.exit("no")'),
  },
  {
    gate: 'python-c-extension',
    how: 'no Python.h',
    apply: async (tree) => {
      for (const folder of await readdir(join(tree, 'include'))) {
        await rm(join(tree, 'include', folder, 'Python.h'), { force: true });
      }
    },
  },
  {
    gate: 'python-setuptools',
    how: 'a setuptools that does not work',
    apply: async (tree) => {
      const folder = join(await standardLibrary(tree), 'site-packages', 'setuptools');
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, '__init__.py'), 'raise ImportError("broken")\n');
    },
  },
];
