import { probeGate } from './probe.ts';

const CURSES = `
import curses
curses.setupterm('xterm', 1)
assert curses.tigetstr('cup'), 'it cannot move the cursor of an xterm'
print('probe passed: xterm has %d colours, ncurses %s' % (curses.tigetnum('colors'), getattr(curses, 'ncurses_version', '')))
`;

const READLINE = `
import readline
backend = getattr(readline, 'backend', None) or readline.__doc__
assert 'editline' in backend or 'libedit' in backend, 'it is ' + backend
readline.parse_and_bind('bind ^I rl_complete')
print('probe passed: ' + backend.splitlines()[0])
`;

export const terminfo = probeGate(
  { id: 'python-terminfo', title: 'curses knows the usual terminal' },
  () => ({ name: 'an xterm', source: CURSES }),
);

export const lineEditing = probeGate(
  { id: 'python-line-editing', title: "readline is libedit, because GNU readline's licence forbids it" },
  () => ({ name: 'its line editing', source: READLINE }),
);
