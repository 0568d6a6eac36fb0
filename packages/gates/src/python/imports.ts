import { LEFT_OUT_MODULES } from './left-out-modules.ts';
import { probeGate } from './probe.ts';

/** What a build loses when one of its dependencies was not found, and what no list of Python's own names before 3.10. */
const EXPECTED_MODULES = [
  'ssl _ssl _hashlib sqlite3 _sqlite3 lzma _lzma bz2 _bz2 zlib ctypes _ctypes readline curses _curses curses.panel',
  '_curses_panel uuid _uuid decimal _decimal xml.etree.ElementTree pyexpat venv ensurepip pip socket select mmap',
  'multiprocessing.synchronize asyncio concurrent.futures json unicodedata fcntl resource termios syslog grp pwd',
]
  .join(' ')
  .split(' ');

const IMPORTS = `
import importlib, sys, warnings
warnings.simplefilter('ignore')
expected, left_out = set(sys.argv[1].split()), set(sys.argv[2].split())
names = sorted(expected | set(getattr(sys, 'stdlib_module_names', ())) - left_out)
broken = []
for name in names:
    try:
        importlib.import_module(name)
    except BaseException as error:
        broken.append('%s (%s: %s)' % (name, type(error).__name__, error))
assert not broken, 'these do not import: ' + ', '.join(broken)
print('probe passed: %d modules import' % len(names))
`;

export const imports = probeGate(
  { id: 'python-imports', title: 'Every module of its standard library can be imported' },
  () => ({
    name: 'its modules',
    source: IMPORTS,
    args: [EXPECTED_MODULES.join(' '), Object.keys(LEFT_OUT_MODULES).join(' ')],
  }),
);
