import type { Gate } from '../gate.ts';
import { binScripts } from './bin-scripts.ts';
import { bytecode } from './bytecode.ts';
import { cExtension, setuptoolsExtension } from './c-extension.ts';
import { hashes } from './hashes.ts';
import { imports } from './imports.ts';
import { pip } from './pip.ts';
import { prefix } from './prefix.ts';
import { sqlite } from './sqlite.ts';
import { starts } from './starts.ts';
import { sysconfig } from './sysconfig.ts';
import { lineEditing, terminfo } from './terminal.ts';
import { tls } from './tls.ts';
import { venv } from './venv.ts';

/** What holds for an archive of CPython. All but the first run it. */
export const pythonGates: readonly Gate[] = [
  bytecode,
  starts,
  prefix,
  imports,
  hashes,
  sqlite,
  tls,
  terminfo,
  lineEditing,
  sysconfig,
  binScripts,
  venv,
  pip,
  cExtension,
  setuptoolsExtension,
];
