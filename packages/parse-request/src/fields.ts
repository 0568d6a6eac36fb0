/** What an issue says of the three fields, normalised and not yet understood; empty where it says nothing. */
export type Fields = { readonly runtime: string; readonly version: string; readonly platform: string };

export const FIELD_NAMES = ['runtime', 'version', 'platform'] as const;
export type FieldName = (typeof FIELD_NAMES)[number];

/** Lower case, without surrounding and repeated spaces; line breaks and tabs count as spaces. */
export function normalise(text: string): string {
  return text
    .replace(/[\t\n\r ]+/g, ' ')
    .trim()
    .toLowerCase();
}

/** A version without the `v` that some put before it. */
export function withoutLeadingV(version: string): string {
  return version.replace(/^v(?=\d)/, '');
}
