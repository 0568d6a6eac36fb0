import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readXz } from './xz-without-sha256.ts';

const folder = mkdtempSync(join(tmpdir(), 'dtvem-xz-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The system's xz, as the judge of what we write. */
const hasXz = (() => {
  try {
    execFileSync('xz', ['--version']);
    return true;
  } catch {
    return false;
  }
})();

describe.runIf(hasXz)('an .xz file', () => {
  const plain = Buffer.concat([randomBytes(200_001), Buffer.alloc(300_000, 'text ')]);

  it.each([
    ['sha256', 'None'],
    ['sha256', 'None', '--block-size=70000'],
    ['crc64', 'CRC64'],
  ])('with the check %s is read with the check %s %s', async (check, expected, ...options) => {
    const path = join(folder, `${check}.xz`);
    writeFileSync(path, execFileSync('xz', [`--check=${check}`, ...options, '-c'], { input: plain }));
    const chunks: Buffer[] = [];
    for await (const chunk of readXz(path)) chunks.push(chunk);
    const out = join(folder, `${check}-out.xz`);
    writeFileSync(out, Buffer.concat(chunks));
    expect(execFileSync('xz', ['--list', '--robot', out], { encoding: 'utf8' })).toContain(`\t${expected}\t`);
    expect(execFileSync('xz', ['-dc', out], { maxBuffer: 1e8 }).equals(plain)).toBe(true);
    if (check === 'crc64') expect(Buffer.concat(chunks).equals(readFileSync(path))).toBe(true);
  });
});
