import { buildLanded } from '@dtvem/catalog';
import { type BuildRequest, fail, ok, type Platform, type Result } from '@dtvem/contracts';
import { parseRequest } from '@dtvem/parse-request';
import type { Arguments } from './arguments.ts';
import type { IssueText } from './issue-event.ts';

/** The request of this issue, if it can be answered at all: refused before any work is done otherwise. */
export function acceptRequest(text: IssueText): Result<BuildRequest> {
  const request = parseRequest(text);
  if (!request.ok) return request;
  const landed = buildLanded(request.value);
  return landed.ok ? request : landed;
}

/** Whether this machine may build it and this store may take it. */
export function checkHere(
  request: BuildRequest,
  options: Pick<Arguments, 'store' | 'profile'>,
  machine: Platform | undefined,
): Result<void> {
  if (request.platform !== machine) {
    return fail(
      'platform-not-this-machine',
      `This machine builds for ${machine ?? 'no platform that this project knows'}, not for ${request.platform}.`,
      machine === undefined
        ? 'Use a machine of that platform.'
        : `Ask for ${machine}, or use a machine of that platform.`,
    );
  }
  if (options.store !== 'embedded' && options.profile === 'quick') {
    return fail(
      'profile-not-publishable',
      'A quick build is for the embedded store alone: what is published elsewhere can never be replaced.',
      'Add --profile optimized.',
    );
  }
  return ok(undefined);
}
