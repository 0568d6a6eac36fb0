import type { Gate } from '../gate.ts';
import { archiveForm } from './archive-form.ts';
import { buildPaths } from './build-paths.ts';
import { exportedSymbols } from './exported-symbols.ts';
import { glibcFloor } from './glibc-floor.ts';
import { links } from './links.ts';
import { memoryProtection } from './memory-protection.ts';
import { neededLibraries } from './needed-libraries.ts';
import { permissions } from './permissions.ts';
import { runPaths } from './run-paths.ts';

/** What holds for the archive of any runtime on Linux. They look at files and run nothing. */
export const sharedGates: readonly Gate[] = [
  archiveForm,
  permissions,
  links,
  buildPaths,
  neededLibraries,
  runPaths,
  memoryProtection,
  glibcFloor,
  exportedSymbols,
];
