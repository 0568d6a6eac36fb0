import { isPlatform, isPlatformNotBuilt } from '@dtvem/contracts';
import { FIELD_NAMES, type Fields, normalise, withoutLeadingV } from './fields.ts';

/** `build(<runtime>): <version> <platform>`, of which the last three may be missing. */
const TITLE = /^build ?\(([^()]*)\) ?:(.*)$/;

/**
 * Reads the title that `dtvem request` writes. A field that still holds the issue form's placeholder, such as
 * `{version}`, counts as missing. Undefined when the title is no request at all.
 */
export function readTitle(title: string): Fields | undefined {
  const [, runtime, rest] = TITLE.exec(normalise(title)) ?? [];
  if (runtime === undefined || rest === undefined) return undefined;
  const words = rest.split(' ').filter((word) => word !== '');
  const platform = words.length > 1 || isPlatformName(words[0]) ? words.pop() : undefined;
  return withoutPlaceholders({
    runtime: runtime.trim(),
    version: withoutLeadingV(words.join(' ')),
    platform: platform ?? '',
  });
}

/** The only word after the colon is the version, unless it is clearly a platform. */
function isPlatformName(word: string | undefined): boolean {
  return word !== undefined && (isPlatform(word) || isPlatformNotBuilt(word));
}

function withoutPlaceholders(fields: Fields): Fields {
  const [runtime = '', version = '', platform = ''] = FIELD_NAMES.map((name) =>
    fields[name] === `{${name}}` ? '' : fields[name],
  );
  return { runtime, version, platform };
}
