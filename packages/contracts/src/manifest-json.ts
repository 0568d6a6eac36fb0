import { parseJson } from './json.ts';
import { type Manifest, type ManifestEntry, manifestSchema } from './manifest.ts';

/** How the text of a manifest ends up: the checked value, or the sentence that says where it is wrong. */
export type ParsedManifest =
  | { readonly ok: true; readonly value: Manifest }
  | { readonly ok: false; readonly message: string };

/** The checked manifest of a JSON text. Platforms that nothing here knows, and `null` entries, stay as they are. */
export function parseManifest(text: string): ParsedManifest {
  return parseJson(manifestSchema, text);
}

/**
 * The manifest's text, byte for byte as dtvem's own generator (Go's `json.MarshalIndent`) writes it: two spaces,
 * keys in byte order, Go's escapes, no newline at the end.
 */
export function printManifest(manifest: Manifest): string {
  const versions = printMap(
    manifest.versions,
    (platforms, indent) => printMap(platforms, printEntry, indent),
    INDENT,
  );
  return printObject([
    ['version', String(manifest.version)],
    ['versions', versions],
  ]);
}

const INDENT = '  ';

type Members = readonly (readonly [key: string, printed: string])[];
type Print<T> = (value: T, indent: string) => string;

/** A map of Go: sorted by the keys' bytes. `JSON.stringify` would put keys that look like integers first. */
function printMap<T>(map: Readonly<Record<string, T>>, print: Print<T>, indent: string): string {
  const members = Object.entries(map)
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map(([key, value]) => [key, print(value, indent + INDENT)] as const);
  return printObject(members, indent);
}

/** A struct of Go: fixed order, empty optional members left out. */
function printEntry(entry: ManifestEntry | null, indent: string): string {
  if (entry === null) return 'null';
  const { url, sha256 = '', sha256_source = '', source = '' } = entry;
  const optional = Object.entries({ sha256, sha256_source, source }).filter(([, value]) => value !== '');
  return printObject(
    [['url', url] as const, ...optional].map(([key, value]) => [key, printString(value)] as const),
    indent,
  );
}

function printObject(members: Members, indent = ''): string {
  if (members.length === 0) return '{}';
  const lines = members.map(([key, printed]) => `${indent}${INDENT}${printString(key)}: ${printed}`);
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

/** Go escapes what HTML and JavaScript read specially, and holds no lone surrogate: its decoder made it U+FFFD. */
function printString(text: string): string {
  return JSON.stringify(text.toWellFormed()).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
