import * as v from 'valibot';
import { platformSchema } from './platform.ts';
import { runtimeSchema } from './runtime.ts';
import { versionSchema } from './version.ts';

/** What one issue asks for, parsed and checked: nothing after parse-request reads the text again. */
export const buildRequestSchema = v.strictObject({
  schemaVersion: v.literal(1),
  runtime: runtimeSchema,
  version: versionSchema,
  platform: platformSchema,
});
export type BuildRequest = Readonly<v.InferOutput<typeof buildRequestSchema>>;

/** The title that `dtvem request` writes. Parsing it again gives the same request. */
export function printTitle(request: Pick<BuildRequest, 'runtime' | 'version' | 'platform'>): string {
  return `build(${request.runtime}): ${request.version} ${request.platform}`;
}
