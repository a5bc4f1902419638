import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import type { ObjectStore } from './objects.ts';
import type { ListedObject } from './terms.ts';

/** Objects in S3, or in what speaks its protocol. The SDK's client is loaded when it is first needed. */
export function s3Objects(config: S3ClientConfig): ObjectStore & { close(): void } {
  const sdk = () => import('@aws-sdk/client-s3');
  let made: Promise<S3Client> | undefined;
  const client = (): Promise<S3Client> => {
    made ??= sdk().then(({ S3Client }) => new S3Client({ forcePathStyle: true, ...config }));
    return made;
  };
  return {
    getObject: async ({ bucket, key, versionId }) => {
      const { GetObjectCommand } = await sdk();
      const version = versionId === undefined ? {} : { VersionId: versionId };
      const { Body: body } = await (await client()).send(
        new GetObjectCommand({ Bucket: bucket, Key: key, ...version }),
      );
      return (await body?.transformToString('utf8')) ?? '';
    },
    listObjects: async ({ bucket, prefix, limit = Number.POSITIVE_INFINITY }) => {
      const { ListObjectsV2Command } = await sdk();
      const found: ListedObject[] = [];
      let token: string | undefined;
      do {
        const page = await (await client()).send(
          new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }),
        );
        for (const { ETag, Key, LastModified, Size, StorageClass } of page.Contents ?? []) {
          found.push({
            etag: ETag ?? '',
            key: Key ?? '',
            lastModified: LastModified?.getTime() ?? 0,
            size: Size ?? 0,
            storageClass: StorageClass ?? 'STANDARD',
          });
        }
        token = page.NextContinuationToken;
      } while (token !== undefined && found.length < limit);
      return found.slice(0, limit);
    },
    putObject: async ({ bucket, key, body }) => {
      const { PutObjectCommand } = await sdk();
      await (await client()).send(
        new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: 'application/json' }),
      );
    },
    close: () => {
      void made?.then((opened) => opened.destroy());
    },
  };
}
