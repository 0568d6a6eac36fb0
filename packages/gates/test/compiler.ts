import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** ELF files are compiled where a compiler is; tests that need them are skipped elsewhere. */
export const hasCompiler =
  process.platform === 'linux' && spawnSync('cc', ['--version'], { stdio: 'ignore' }).status === 0;

/** The bytes of what `cc FLAGS` makes of a C source. `beside` are libraries to be found with `-L.`, by file name. */
export function compile(
  source: string,
  flags: readonly string[] = [],
  beside: Readonly<Record<string, Buffer>> = {},
): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'gates-compile-'));
  try {
    writeFileSync(join(folder, 'source.c'), source);
    for (const [name, bytes] of Object.entries(beside)) writeFileSync(join(folder, name), bytes);
    execFileSync('cc', ['source.c', '-o', 'made', '-L.', ...flags], { cwd: folder, stdio: 'pipe' });
    return readFileSync(join(folder, 'made'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function compileProgram(flags: readonly string[] = [], source = ''): Buffer {
  return compile(`#include <stdio.h>\n${source}\nint main(void) { return puts("it runs") < 0; }`, flags);
}

export function compileLibrary(
  flags: readonly string[] = [],
  source = 'int demo(void) { return 7; }',
): Buffer {
  return compile(source, ['-shared', '-fPIC', ...flags]);
}
