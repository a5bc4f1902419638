import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ObjectStore } from './objects.ts';
import type { ListedObject } from './terms.ts';

/** Objects in S3, or in what speaks its protocol. */
export function s3Objects(client: S3Client): ObjectStore {
  return {
    getObject: async ({ bucket, key, versionId }) => {
      const { Body: body } = await client.send(
        new GetObjectCommand({ Bucket: bucket, Key: key, ...(versionId === undefined ? {} : { VersionId: versionId }) }),
      );
      return (await body?.transformToString('utf8')) ?? '';
    },
    listObjects: async ({ bucket, prefix, limit = Number.POSITIVE_INFINITY }) => {
      const found: ListedObject[] = [];
      let token: string | undefined;
      do {
        const page = await client.send(
          new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }),
        );
        for (const { ETag: etag = '', Key: key = '', LastModified: at, Size: size = 0, StorageClass } of page.Contents ?? []) {
          found.push({ etag, key, lastModified: at?.getTime() ?? 0, size, storageClass: StorageClass ?? 'STANDARD' });
        }
        token = page.NextContinuationToken;
      } while (token !== undefined && found.length < limit);
      return found.slice(0, limit);
    },
    putObject: async ({ bucket, key, body }) => {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: 'application/json' }));
    },
  };
}
