import { strToU8, zipSync } from 'fflate';

/** A wheel's name says what it fits; this one fits every Python. */
export const WHEEL_FILE = 'gate_greeting-1.0-py2.py3-none-any.whl';
/** The command that the wheel brings. */
export const WHEEL_COMMAND = 'gate-greeting';

const MODULE = `
import sys

def main():
    print('greetings from ' + sys.prefix)
`;

/** The bytes of a wheel with one module and one command, so that pip has something to install without network. */
export function greetingWheel(): Uint8Array {
  const info = 'gate_greeting-1.0.dist-info';
  const files = {
    'gate_greeting.py': MODULE,
    [`${info}/METADATA`]: 'Metadata-Version: 2.1\nName: gate-greeting\nVersion: 1.0\n',
    [`${info}/WHEEL`]:
      'Wheel-Version: 1.0\nGenerator: dtvem gates\nRoot-Is-Purelib: true\nTag: py2-none-any\nTag: py3-none-any\n',
    [`${info}/entry_points.txt`]: `[console_scripts]\n${WHEEL_COMMAND} = gate_greeting:main\n`,
  };
  const record = [...Object.keys(files), `${info}/RECORD`].map((file) => `${file},,\n`).join('');
  const all = Object.entries({ ...files, [`${info}/RECORD`]: record });
  return zipSync(Object.fromEntries(all.map(([file, text]) => [file, strToU8(text)])));
}
