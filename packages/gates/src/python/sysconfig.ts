import { SENTINEL_PREFIX } from '@dtvem/contracts';
import { probeGate } from './probe.ts';

const SYSCONFIG = `
import os, sys, sysconfig
tree, sentinel = os.path.realpath(sys.argv[1]), sys.argv[2]
values = sysconfig.get_config_vars()
stale = sorted(name for name, value in values.items() if isinstance(value, str) and sentinel in value)
assert not stale, 'the configured prefix is still in ' + ', '.join(stale)
for name, command in (('CC', 'cc'), ('CXX', 'c++')):
    assert values[name].split()[0] == command, '%s is %r' % (name, values[name])
for name in ('CFLAGS', 'LDFLAGS', 'LDSHARED', 'CCSHARED'):
    assert '-flto' not in (values.get(name) or ''), '%s holds %r' % (name, values[name])
for name in ('INCLUDEPY', 'CONFINCLUDEPY', 'LIBDIR', 'LIBDEST', 'BINDIR'):
    place = os.path.realpath(values[name])
    assert os.path.isdir(place), '%s is %s, which is no folder' % (name, values[name])
    assert (place + os.sep).startswith(tree + os.sep), '%s is %s' % (name, values[name])
assert os.path.isfile(sysconfig.get_config_h_filename()), sysconfig.get_config_h_filename()
assert os.path.isfile(sysconfig.get_makefile_filename()), sysconfig.get_makefile_filename()
print('probe passed: %d values, CC is %s, LIBDIR is %s' % (len(values), values['CC'], values['LIBDIR']))
`;

export const sysconfig = probeGate(
  {
    id: 'python-sysconfig',
    title: 'What it tells extension builds is a compiler that machines have and folders that exist',
  },
  ({ tree }) => ({ name: 'its sysconfig', source: SYSCONFIG, args: [tree, SENTINEL_PREFIX] }),
);
