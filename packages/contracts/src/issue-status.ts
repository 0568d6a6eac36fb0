import * as v from 'valibot';
import { buildReportSchema } from './build-report.ts';
import { buildRequestSchema } from './build-request.ts';
import { manifestEntrySchema } from './manifest.ts';
import { manifestResultSchema } from './manifest-result.ts';
import { problemSchema } from './problem.ts';
import { publishResultSchema } from './publish-result.ts';

const version = { schemaVersion: v.literal(1) };
const runUrl = { runUrl: v.optional(v.string()) };

/** All that finalize-issue needs for its comment; what the pipeline's end hands to it. */
export const issueStatusSchema = v.variant('status', [
  v.strictObject({ ...version, ...runUrl, status: v.literal('started'), request: buildRequestSchema }),
  v.strictObject({
    ...version,
    ...runUrl,
    status: v.literal('published'),
    request: buildRequestSchema,
    url: v.string(),
    report: buildReportSchema,
    publish: publishResultSchema,
    manifest: manifestResultSchema,
  }),
  v.strictObject({
    ...version,
    ...runUrl,
    status: v.literal('already-available'),
    request: buildRequestSchema,
    entry: manifestEntrySchema,
  }),
  v.strictObject({ ...version, ...runUrl, status: v.literal('refused'), problem: problemSchema }),
  v.strictObject({
    ...version,
    ...runUrl,
    status: v.literal('failed'),
    request: buildRequestSchema,
    stage: v.string(),
    problem: problemSchema,
    /** Where the full log is: a path locally, an address on GitHub. */
    log: v.optional(v.string()),
  }),
]);
export type IssueStatus = Readonly<v.InferOutput<typeof issueStatusSchema>>;
