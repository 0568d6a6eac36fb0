import type { Gate, GateContext, Judgement } from '../gate.ts';
import { skipped } from '../judgement.ts';
import { type Probe, runProbe } from './probe.ts';

const SOURCE = `
#include <Python.h>
static PyObject *answer(PyObject *self, PyObject *args) { return PyLong_FromLong(6 * 7); }
static PyMethodDef methods[] = {{"answer", answer, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "gate_extension", NULL, -1, methods};
PyMODINIT_FUNC PyInit_gate_extension(void) { return PyModule_Create(&module); }
`;

const COMPILE = `
import shlex, subprocess, sys, sysconfig
with open('gate_extension.c', 'w') as file:
    file.write(sys.argv[1])
def words(*names):
    return [word for name in names for word in shlex.split(sysconfig.get_config_var(name) or '')]
include = ['-I' + sysconfig.get_path(name) for name in ('include', 'platinclude')]
compile = words('CC', 'CFLAGS', 'CCSHARED') + include + ['-c', 'gate_extension.c', '-o', 'gate_extension.o']
target = 'gate_extension' + sysconfig.get_config_var('EXT_SUFFIX')
link = words('LDSHARED', 'LDFLAGS') + ['gate_extension.o', '-o', target]
for command in (compile, link):
    print(' '.join(command), flush=True)
    subprocess.check_call(command)
import gate_extension
assert gate_extension.answer() == 42
print('probe passed: %s was made by %s and imported' % (target, compile[0]))
`;

const SETUPTOOLS = `
import subprocess, sys
with open('gate_extension.c', 'w') as file:
    file.write(sys.argv[1])
with open('setup.py', 'w') as file:
    file.write('from setuptools import setup, Extension\\n'
               'setup(name="gate_extension", ext_modules=[Extension("gate_extension", ["gate_extension.c"])])\\n')
subprocess.check_call([sys.executable, 'setup.py', '--quiet', 'build_ext', '--inplace'])
import gate_extension, setuptools
assert gate_extension.answer() == 42
print('probe passed: setuptools %s built it: %s' % (setuptools.__version__, gate_extension.__file__))
`;

export const cExtension: Gate = {
  id: 'python-c-extension',
  title: "An extension in C compiles with the machine's compiler, and can be imported",
  check: (context) =>
    withCompiler(context, { name: 'an extension by its own flags', source: COMPILE, args: [SOURCE] }),
};

export const setuptoolsExtension: Gate = {
  id: 'python-setuptools',
  title: 'setuptools, where the archive brings it, builds an extension in C',
  async check(context) {
    const brought = context.files.some(({ path }) => path.endsWith('/site-packages/setuptools/__init__.py'));
    if (!brought) return skipped('setuptools is not part of this archive (CPython brings it up to 3.11)');
    return withCompiler(context, { name: 'an extension by setuptools', source: SETUPTOOLS, args: [SOURCE] });
  },
};

async function withCompiler(context: GateContext, probe: Probe): Promise<Judgement> {
  const { exitCode } = await context.run({ argv: ['sh', '-c', 'command -v cc'] });
  if (exitCode !== 0) return skipped('this machine has no compiler named cc in /usr/bin or /bin');
  return runProbe(context, { ...probe, seconds: 180 });
}
