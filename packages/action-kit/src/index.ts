export {
  type ActionSpec,
  COMMON_OUTPUTS,
  defineAction,
  type Inputs,
  type InputValues,
} from './action-spec.ts';
export { githubOverHttp } from './github-over-http.ts';
export type { GitHubAccess, GitHubPort, IssueComment, IssueRef } from './github-port.ts';
export * from './input.ts';
export * from './markdown.ts';
export { inputVariable } from './read-inputs.ts';
export { type ActionContext, type ActionStep, runAction } from './run-action.ts';
export type { Place } from './runner.ts';
