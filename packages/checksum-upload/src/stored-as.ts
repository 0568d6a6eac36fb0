/** Archives and meta objects never change, so every cache may keep them for ever. */
export const IMMUTABLE = 'public, max-age=31536000, immutable';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.tar.gz': 'application/gzip',
  '.zip': 'application/zip',
  '.json': 'application/json',
};

/** The content type of an object, by its key's ending. */
export function contentTypeOf(key: string): string {
  const ending = Object.keys(CONTENT_TYPES).find((known) => key.endsWith(known));
  return (ending && CONTENT_TYPES[ending]) ?? 'application/octet-stream';
}
