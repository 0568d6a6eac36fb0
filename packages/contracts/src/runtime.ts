import * as v from 'valibot';

export const RUNTIMES = ['python', 'ruby', 'node'] as const;
export type Runtime = (typeof RUNTIMES)[number];
export const runtimeSchema = v.picklist(RUNTIMES);

/** Names as their communities write them, for people to read. */
export const RUNTIME_NAMES: Readonly<Record<Runtime, string>> = {
  python: 'Python',
  ruby: 'Ruby',
  node: 'Node.js',
};

export function isRuntime(text: string): text is Runtime {
  return v.is(runtimeSchema, text);
}
