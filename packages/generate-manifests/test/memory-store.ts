import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { ok } from '@dtvem/contracts';
import type { ObjectDescription, ObjectStore } from '@dtvem/object-store';

/** A store in memory, for thousands of objects in no time; `objects` is its content, for the test to fill and read. */
export function memoryStore(): ObjectStore & { readonly objects: Map<string, string> } {
  const objects = new Map<string, string>();
  const describe = (text: string): ObjectDescription => ({
    size: Buffer.byteLength(text),
    etag: createHash('md5').update(text).digest('hex'),
    contentType: '',
    cacheControl: '',
    metadata: {},
  });
  return {
    name: 'memory',
    objects,
    async put({ key, body, condition }) {
      const present = objects.get(key);
      if (condition === 'create' && present !== undefined) return ok('exists');
      if (condition !== 'create' && describe(present ?? '').etag !== condition.ifMatch) return ok('changed');
      objects.set(key, Buffer.concat(await body().toArray()).toString());
      return ok('stored');
    },
    async head(key) {
      const text = objects.get(key);
      return ok(text === undefined ? undefined : describe(text));
    },
    async get(key, read) {
      const text = objects.get(key);
      return ok(
        text === undefined ? undefined : await read(Readable.from([Buffer.from(text)]), describe(text)),
      );
    },
    async list(prefix) {
      const keys = [...objects.keys()].filter((key) => key.startsWith(prefix)).toSorted();
      return ok(keys.map((key) => ({ key, size: Buffer.byteLength(objects.get(key) ?? '') })));
    },
  };
}
