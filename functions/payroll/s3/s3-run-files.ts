/** Files of payroll runs in Amazon S3. */
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { ConfigError, ConnectorTransientError } from '../../runtime/errors.ts';
import type { RunFiles } from '../port.ts';

export function createS3RunFiles(client: S3Client, bucket: string): RunFiles {
  return {
    read: (key) =>
      ask(async () => {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return (await Body?.transformToString('utf-8')) ?? '';
      }),
    write: (key, text) =>
      ask(async () => {
        const ContentType = key.endsWith('.json') ? 'application/json' : 'text/csv; charset=utf-8';
        await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text, ContentType }));
      }),
  };
}

async function ask<Output>(call: () => Promise<Output>): Promise<Output> {
  try {
    return await call();
  } catch (cause) {
    const name = cause instanceof Error ? cause.name : 'unknown';
    if (name === 'AccessDenied' || name === 'NoSuchBucket') {
      throw new ConfigError(`the bucket of payroll cannot be used: ${name}`, { cause });
    }
    throw new ConnectorTransientError(`S3 did not answer as it should: ${name}`, { cause });
  }
}
