import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';

/** The system's own tools first; the others only where these lack one. Never the caller's PATH. */
const SYSTEM_FOLDERS = ['/usr/bin', '/bin'] as const;
const FURTHER_FOLDERS = ['/usr/local/bin', '/opt/homebrew/bin'] as const;

/** Tools that are looked for when the PATH of a build is made. */
const BUILD_TOOLS = ['cc', 'c++', 'make', 'perl', 'ar', 'ranlib', 'strip'] as const;

/** The folder that holds each tool, or undefined where no folder that a build may use has it. */
export async function findTools(
  tools: readonly string[],
  folders: readonly string[] = [...SYSTEM_FOLDERS, ...FURTHER_FOLDERS],
): Promise<ReadonlyMap<string, string | undefined>> {
  const found = await Promise.all(tools.map(async (tool) => [tool, await folderOf(tool, folders)] as const));
  return new Map(found);
}

async function folderOf(tool: string, folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    const executable = await access(join(folder, tool), constants.X_OK).then(
      () => true,
      () => false,
    );
    if (executable) return folder;
  }
  return undefined;
}

/** The PATH of a build: `/usr/bin:/bin`, and a further folder only when a compiler, make or perl is nowhere else. */
export async function buildPath(): Promise<string> {
  const found = await findTools(BUILD_TOOLS);
  const further = FURTHER_FOLDERS.filter((folder) => [...found.values()].includes(folder));
  return [...SYSTEM_FOLDERS, ...further].join(':');
}
