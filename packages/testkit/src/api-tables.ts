import type { ActionFile } from './action-file.ts';
import { type DescribedAction, traitsOf } from './described-action.ts';

const SECTION = /<!-- api -->\n[\s\S]*?<!-- \/api -->/;

/** The part of a README that is written from action.yml and the spec, markers included; undefined when it has none. */
export function findApiSection(readme: string): string | undefined {
  return SECTION.exec(readme)?.[0];
}

/** The README with its API tables replaced. Throws when it has no place for them. */
export function withApiSection(readme: string, section: string): string {
  if (!SECTION.test(readme))
    throw new Error('The README has no <!-- api --> and <!-- /api --> to write between.');
  return readme.replace(SECTION, () => section);
}

/** Tables of the inputs and outputs: names, descriptions and defaults of action.yml, types of the spec. */
export function apiSection(file: ActionFile, spec: DescribedAction): string {
  const inputs = Object.entries(file.inputs).map(([name, { description, required, default: value = '' }]) => {
    const input = spec.inputs[name];
    const type = input === undefined ? '' : traitsOf(input).type;
    return [code(name), type, required ? 'yes' : 'no', value === '' ? '' : code(value), cell(description)];
  });
  const outputs = Object.entries(file.outputs).map(([name, { description }]) => [
    code(name),
    cell(description),
  ]);
  return [
    '<!-- api -->',
    '### Inputs\n',
    table(['Name', 'Type', 'Required', 'Default', 'Description'], inputs),
    '\n### Outputs\n',
    table(['Name', 'Description'], outputs),
    '<!-- /api -->',
  ].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function code(text: string): string {
  return `\`${cell(text)}\``;
}

function cell(text: string): string {
  return text.trim().replace(/\s+/g, ' ').replaceAll('|', '\\|');
}
