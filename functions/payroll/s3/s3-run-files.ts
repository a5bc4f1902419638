/** Files of payroll runs in Amazon S3. */
import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { RunFiles } from '../port.ts';
import { askS3 } from './ask-s3.ts';

/** Needs `s3:ListBucket` where files are asked for that may not be there: without it S3 answers 403. */
export function createS3RunFiles(client: S3Client, bucket: string): RunFiles {
  const get = async (key: string) => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return (await Body?.transformToString('utf-8')) ?? '';
  };
  return {
    read: (key) => askS3(() => get(key)),
    find: (key) =>
      askS3(async () => {
        try {
          return await get(key);
        } catch (error) {
          if (error instanceof NoSuchKey) {
            return undefined;
          }
          throw error;
        }
      }),
    write: (key, text) =>
      askS3(async () => {
        const ContentType = key.endsWith('.json') ? 'application/json' : 'text/csv; charset=utf-8';
        await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text, ContentType }));
      }),
  };
}
