/** Books in two buckets of Amazon S3: one that keeps what it has, one whose files are gone when their time is over. */
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { ConfigError, ConnectorTransientError } from '../../runtime/errors.ts';
import type { Shelf } from '../books/port.ts';

interface S3Parts {
  readonly client: S3Client;
  /** Names of the buckets. */
  readonly books: string;
  readonly personal: string;
}

export function createS3Shelf({ client, books, personal }: S3Parts): Shelf {
  const placeOf = (path: string) => ({ Bucket: path.startsWith('personal/') ? personal : books, Key: path });
  return {
    async put(path, content) {
      await ask(() => client.send(new PutObjectCommand({ ...placeOf(path), Body: content })));
    },
    async remove(path) {
      await ask(() => client.send(new DeleteObjectCommand(placeOf(path))));
    },
    async read(path) {
      const found = await ask(() => client.send(new GetObjectCommand(placeOf(path))));
      return found?.Body?.transformToByteArray();
    },
  };
}

/** Undefined: there is no such object. */
async function ask<Output>(call: () => Promise<Output>): Promise<Output | undefined> {
  try {
    return await call();
  } catch (cause) {
    const name = cause instanceof Error ? cause.name : 'unknown';
    if (name === 'NoSuchKey') {
      return undefined;
    }
    if (name === 'AccessDenied' || name === 'NoSuchBucket') {
      throw new ConfigError(`the buckets of the books cannot be used: ${name}`, { cause });
    }
    throw new ConnectorTransientError(`S3 did not answer as it should: ${name}`, { cause });
  }
}
