import { checkBuildable } from '@dtvem/catalog';
import { type BuildRequest, fail, ok, printTitle, type Result } from '@dtvem/contracts';
import { FIELD_NAMES, type Fields } from './fields.ts';
import { checkLength, type Issue } from './issue.ts';
import { readForm } from './issue-form.ts';
import { readTitle } from './issue-title.ts';
import { checkPlainAscii } from './plain-ascii.ts';
import { quote } from './quote.ts';
import { understandPlatform } from './understand-platform.ts';
import { understandRuntime } from './understand-runtime.ts';
import { understandVersion } from './understand-version.ts';

const EXAMPLE = printTitle({ runtime: 'python', version: '3.13.5', platform: 'linux-amd64' });

/**
 * Reads the request that an issue makes. Any text at all gives a request or one of the reason codes of kind
 * `request`: this is the one place where what a stranger wrote is read.
 */
export function parseRequest(issue: Issue): Result<BuildRequest> {
  const fields = readFields(issue);
  return fields.ok ? understand(fields.value) : fields;
}

/** Title and form together: where the title still holds a placeholder the form answers; both must not differ. */
function readFields({ title, body }: Issue): Result<Fields> {
  const short = checkLength({ title, body });
  if (!short.ok) return short;
  const plain = checkPlainAscii(title, 'the title');
  if (!plain.ok) return plain;
  const written = readTitle(title);
  if (written === undefined) return refuseOtherIssue('The title is not that of a build request.');
  const form = readForm(body);
  if (!form.ok) return form;
  if (form.value === undefined && Object.values(written).every((field) => field === '')) {
    return refuseOtherIssue(
      'The title holds nothing but placeholders, and the body is not the answered issue form.',
    );
  }
  return form.value === undefined ? ok(written) : combine(written, form.value);
}

function refuseOtherIssue(message: string): Result<Fields> {
  return fail('not-a-build-request', message, `Give the issue a title such as ${EXAMPLE}.`);
}

function combine(title: Fields, form: Fields): Result<Fields> {
  for (const name of FIELD_NAMES) {
    if (title[name] === '' || form[name] === '' || title[name] === form[name]) continue;
    return fail(
      'title-and-form-differ',
      `The title asks for the ${name} ${quote(title[name])} and the form for ${quote(form[name])}.`,
      'Edit the title or the form so that both ask for the same.',
    );
  }
  return ok({
    runtime: title.runtime || form.runtime,
    version: title.version || form.version,
    platform: title.platform || form.platform,
  });
}

function understand(fields: Fields): Result<BuildRequest> {
  const runtime = understandRuntime(fields.runtime);
  if (!runtime.ok) return runtime;
  const version = understandVersion(fields.version, runtime.value);
  if (!version.ok) return version;
  const platform = understandPlatform(fields.platform);
  if (!platform.ok) return platform;
  const request: BuildRequest = {
    schemaVersion: 1,
    runtime: runtime.value,
    version: version.value,
    platform: platform.value,
  };
  const buildable = checkBuildable(request);
  return buildable.ok ? ok(request) : buildable;
}
