import * as v from 'valibot';
import { configureArguments } from './flags.ts';

export const buildVariablesSchema = v.record(v.string(), v.union([v.string(), v.number()]));
export type BuildVariables = Readonly<v.InferOutput<typeof buildVariablesSchema>>;

export type Relocation = {
  readonly sentinel: string;
  /** The build's own source folder, and what stands for it in the tree, relative to it. */
  readonly sourceFolder: string;
  readonly configFolder: string;
  readonly scrub: (text: string) => string;
};

/** The variables without anything that only the build knew; the sentinel is still in them. */
export function cleanVariables(variables: BuildVariables, relocation: Relocation): BuildVariables {
  const entries = Object.entries(variables).map(([name, value]) => [
    name,
    typeof value === 'string' ? cleanValue(name, value, relocation) : value,
  ]);
  return Object.fromEntries(entries);
}

/** What the source folder held is not in the tree; for the folder itself stands the one that has its Makefile. */
function cleanValue(name: string, value: string, relocation: Relocation): string {
  const { sentinel, sourceFolder, configFolder, scrub } = relocation;
  if (value.startsWith(`${sourceFolder}/`)) return '';
  const scrubbed = scrub(name === 'CONFIG_ARGS' ? configureArguments(value) : value);
  return scrubbed.replaceAll(sourceFolder, `${sentinel}/${configFolder}`);
}

/**
 * `_sysconfigdata_*.py` as code: each value that names the prefix takes it from where the module itself stands when it
 * is imported. `depth` is the number of folders between the module and the prefix.
 */
export function printSysconfigModule(variables: BuildVariables, sentinel: string, depth: number): string {
  const lines = Object.entries(variables)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `    ${literal(name)}: ${expression(value, sentinel)},`);
  const up = 'os.path.dirname('.repeat(depth);
  return [
    '# Build variables for sysconfig. Paths follow this file wherever the tree is moved.',
    'import os.path',
    '',
    `_prefix = ${up}os.path.dirname(os.path.abspath(__file__))${')'.repeat(depth)}`,
    'build_time_vars = {',
    ...lines,
    '}',
    '',
  ].join('\n');
}

function expression(value: string | number, sentinel: string): string {
  if (typeof value === 'number') return String(value);
  const parts = value.split(sentinel).flatMap((part, index) => {
    const text = part === '' ? [] : [literal(part)];
    return index === 0 ? text : ['_prefix', ...text];
  });
  return parts.length === 0 ? literal('') : parts.join(' + ');
}

/** What JSON and Python write alike, as long as nothing is outside the basic plane. */
function literal(text: string): string {
  return JSON.stringify(text).replace(
    /[^ -~]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
