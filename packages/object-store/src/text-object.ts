import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { NewObject, ReadBody } from './object-store.ts';

type TextObject = Pick<NewObject, 'key' | 'contentType' | 'cacheControl' | 'condition'> & {
  readonly text: string;
};

/** A small object from text, with its size and sum. */
export function textObject({ text, ...rest }: TextObject): NewObject {
  const bytes = Buffer.from(text);
  return {
    ...rest,
    body: () => Readable.from([bytes]),
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    metadata: {},
  };
}

/** Reads a small object as UTF-8, for `get`. */
export const readText: ReadBody<{ readonly text: string; readonly etag: string }> = async (
  body,
  { etag },
) => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return { text: Buffer.concat(chunks).toString('utf8'), etag };
};
