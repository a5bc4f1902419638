import { createHash } from 'node:crypto';
import type { ObjectStore } from './objects.ts';

/** An object that a store in memory begins with. */
export interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  readonly body: string;
}

/** Objects in memory. */
export interface MemoryObjects extends ObjectStore {
  /** All objects of a bucket, by key. */
  objects(bucket: string): { readonly [key: string]: string };
}

/** A store of objects in memory, for tests; its failures have S3's words. */
export function memoryObjects(stored: readonly StoredObject[] = [], now = 0): MemoryObjects {
  const buckets = new Map<string, Map<string, string>>();
  const bucketNamed = (name: string): Map<string, string> => {
    const bucket = buckets.get(name);
    if (bucket === undefined) throw new Error('The specified bucket does not exist');
    return bucket;
  };
  const put = ({ bucket, key, body }: StoredObject): void => {
    buckets.set(bucket, (buckets.get(bucket) ?? new Map<string, string>()).set(key, body));
  };
  for (const object of stored) put(object);
  return {
    getObject: async ({ bucket, key }) => {
      const body = bucketNamed(bucket).get(key);
      if (body === undefined) throw new Error('The specified key does not exist.');
      return body;
    },
    listObjects: async ({ bucket, prefix, limit }) =>
      [...bucketNamed(bucket)]
        .filter(([key]) => key.startsWith(prefix))
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .slice(0, limit)
        .map(([key, body]) => ({
          etag: `"${createHash('md5').update(body).digest('hex')}"`,
          key,
          lastModified: now,
          size: Buffer.byteLength(body),
          storageClass: 'STANDARD',
        })),
    putObject: async (file) => put(file),
    objects: (bucket) => Object.fromEntries(bucketNamed(bucket)),
  };
}
