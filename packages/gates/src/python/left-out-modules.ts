const TK = 'needs Tcl and Tk with an X11 display';
const WINDOWS = 'exists on Windows alone';

/** Modules of `sys.stdlib_module_names` that an archive for Linux need not have, and why. */
export const LEFT_OUT_MODULES: Readonly<Record<string, string>> = {
  _tkinter: TK,
  tkinter: TK,
  turtle: TK,
  turtledemo: TK,
  idlelib: TK,
  _dbm: 'needs Berkeley DB or GNU dbm, whose licences forbid it',
  _gdbm: 'needs GNU dbm, whose licence forbids it',
  nis: 'needs a library for Sun RPC that left the C library',
  _crypt: 'needs libcrypt.so.1, which many machines lack',
  crypt: 'needs _crypt',
  ossaudiodev: 'needs the headers of the Open Sound System',
  _zstd: 'needs zstd, which is not yet among the dependencies',
  antigravity: 'opens a web browser when it is imported',
  this: 'prints a poem when it is imported',
  _scproxy: 'exists on macOS alone',
  _ios_support: 'exists on iOS alone',
  _msi: WINDOWS,
  _overlapped: WINDOWS,
  _winapi: WINDOWS,
  _wmi: WINDOWS,
  msilib: WINDOWS,
  msvcrt: WINDOWS,
  nt: WINDOWS,
  winreg: WINDOWS,
  winsound: WINDOWS,
};
