import { elfGate } from './elf-gate.ts';

/** One or two names of each library that is linked in; where one of them can be seen, all of them can. */
const TELLTALE_SYMBOLS: Readonly<Record<string, string>> = {
  SSL_read: 'OpenSSL',
  EVP_DigestInit_ex: 'OpenSSL',
  inflate: 'zlib',
  deflateEnd: 'zlib',
  BZ2_bzCompress: 'bzip2',
  lzma_code: 'xz',
  ZSTD_compress: 'zstd',
  ffi_call: 'libffi',
  sqlite3_close: 'SQLite',
  initscr: 'ncurses',
  tgetent: 'ncurses',
  rl_prompt: 'libedit',
  el_init: 'libedit',
  uuid_generate: 'libuuid',
  uuid_generate_time_safe: 'libuuid',
  mpd_qadd: 'libmpdec',
  XML_Parse: 'Expat',
  yaml_parser_parse: 'libyaml',
};

export const exportedSymbols = elfGate({
  id: 'exported-symbols',
  title: 'No library that is linked in can be seen from outside, where it would clash with another copy',
  faults: ({ elf }) =>
    elf.exportedSymbols
      .filter((name) => Object.hasOwn(TELLTALE_SYMBOLS, name))
      .map((name) => `exports ${name} of ${TELLTALE_SYMBOLS[name]}`),
});
