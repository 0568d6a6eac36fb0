export { type DecisionPorts, decide, decideRequest } from './decide-request.ts';
export type { Issue } from './issue.ts';
export { parseRequest } from './parse-request.ts';
export {
  type ManifestAnswer,
  type PublicManifestOptions,
  publicManifests,
  type ReadManifest,
} from './public-manifest.ts';
