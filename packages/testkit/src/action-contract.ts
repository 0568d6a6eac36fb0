import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import * as v from 'valibot';
import { type ActionFile, readActionFile } from './action-file.ts';
import { apiSection, findApiSection } from './api-tables.ts';
import { type DescribedAction, traitsOf } from './described-action.ts';

/** Outputs that action-kit sets for every action. */
const COMMON_OUTPUTS = ['result', 'reason-code'];
const README_SECTIONS = ['Requirements', 'Usage', 'API', 'Errors'];

/** Where action.yml, the spec in the code and the README of an action do not say the same; empty when they do. */
export async function actionFaults(actionFolder: string, spec: DescribedAction): Promise<readonly string[]> {
  const file = await readActionFile(actionFolder);
  const readme = await readFile(join(actionFolder, 'README.md'), 'utf8');
  return [
    ...(basename(resolve(actionFolder)) === spec.name ? [] : [`the spec is named ${spec.name}`]),
    ...(file.runs.main === 'dist/index.cjs' ? [] : [`runs.main is ${file.runs.main}`]),
    ...differentNames('input', Object.keys(file.inputs), Object.keys(spec.inputs)),
    ...differentNames('output', Object.keys(file.outputs), [...COMMON_OUTPUTS, ...spec.outputs]),
    ...Object.entries(spec.inputs).flatMap(([name, input]) => inputFaults(name, input, file.inputs[name])),
    ...readmeFaults(readme, file, spec),
  ];
}

function differentNames(
  what: string,
  described: readonly string[],
  coded: readonly string[],
): readonly string[] {
  return [
    ...described.filter((name) => !coded.includes(name)).map((name) => `the spec lacks ${what} ${name}`),
    ...coded.filter((name) => !described.includes(name)).map((name) => `action.yml lacks ${what} ${name}`),
  ];
}

function inputFaults(
  name: string,
  input: v.GenericSchema,
  described: ActionFile['inputs'][string] | undefined,
): readonly string[] {
  if (described === undefined) return [];
  const { required, default: value = '' } = described;
  const mayBeEmpty = !required && value === '';
  if (mayBeEmpty !== traitsOf(input).mayBeEmpty) {
    return [`input ${name} may ${mayBeEmpty ? '' : 'not '}be empty in action.yml, unlike in the spec`];
  }
  const isPlain = value !== '' && !value.includes('${{');
  return isPlain && !v.is(input, value) ? [`the default of input ${name} is one that the spec refuses`] : [];
}

function readmeFaults(readme: string, file: ActionFile, spec: DescribedAction): readonly string[] {
  const missing = README_SECTIONS.filter((title) => !readme.includes(`\n## ${title}\n`));
  return [
    ...missing.map((title) => `the README has no section ${title}`),
    ...(findApiSection(readme) === apiSection(file, spec)
      ? []
      : ['the README has other API tables: run scripts/action-docs.ts']),
  ];
}
