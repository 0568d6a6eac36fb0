import { probeGate } from './probe.ts';

const PREFIX = `
import os, sys, sysconfig
tree = os.path.realpath(sys.argv[1])
def inside(path):
    return (os.path.realpath(path) + os.sep).startswith(tree + os.sep)
for name in ('prefix', 'exec_prefix', 'base_prefix', 'base_exec_prefix'):
    assert os.path.realpath(getattr(sys, name)) == tree, 'sys.%s is %s' % (name, getattr(sys, name))
places = [('sys.path', path) for path in sys.path if path]
places += [('sysconfig.get_path(%r)' % name, path) for name, path in sysconfig.get_paths().items()]
outside = ['%s: %s' % place for place in places if not inside(place[1])]
assert not outside, 'outside of the tree are ' + ', '.join(outside)
print('probe passed: sys.prefix is %s, and %d paths are below it' % (sys.prefix, len(places)))
`;

export const prefix = probeGate(
  { id: 'python-prefix', title: 'Its prefix and everything that it searches is where it was put' },
  ({ tree }) => ({ name: 'its prefix', source: PREFIX, args: [tree] }),
);
