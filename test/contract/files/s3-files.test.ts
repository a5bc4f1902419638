import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AttachmentFiles, UploadForm } from '../../../functions/attachments/port.ts';
import { createS3Files } from '../../../functions/attachments/s3/s3-files.ts';
import { clientOptions } from '../../../local/cloud/aws.ts';
import { useMinistack } from '../../support/use-ministack.ts';
import { describeAttachmentFiles } from './files-contract.ts';

const BUCKET = 'contract-files';

const endpoint = useMinistack();
let client: S3Client;
let files: AttachmentFiles;

beforeAll(async () => {
  client = new S3Client(clientOptions(endpoint()));
  await client.send(new CreateBucketCommand({ Bucket: BUCKET }));
  files = createS3Files({ client, bucket: BUCKET });
});

afterAll(() => client?.destroy());

describeAttachmentFiles('S3', () => ({ files, send, get }));

describe('S3 as the store of files', () => {
  it('tells an unreachable store from a bucket that is not there', async () => {
    const options = { ...clientOptions('http://127.0.0.1:9'), maxAttempts: 1 };
    const unreachable = createS3Files({ client: new S3Client(options), bucket: BUCKET });
    const misnamed = createS3Files({ client, bucket: 'no-such-bucket' });

    await expect(unreachable.readArrived('incoming/1/x')).rejects.toMatchObject({ name: 'ConnectorTransientError' });
    await expect(misnamed.readArrived('incoming/1/x')).rejects.toMatchObject({ name: 'ConfigError' });
  });
});

/** As browsers do: the fields in their order, the file as the last one. */
async function send({ action, fields }: UploadForm, name: string, content: Uint8Array) {
  const body = new FormData();
  for (const [field, value] of Object.entries(fields)) {
    body.append(field, value);
  }
  body.append('file', new Blob([Buffer.from(content)]), name);
  const { status, headers } = await fetch(action, { method: 'POST', body, redirect: 'manual' });
  // Without anywhere to go, S3 says where the object is.
  return status === 303 ? { taken: true, went: headers.get('location') ?? '' } : { taken: status === 204 };
}

async function get(url: string) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status}`);
  const savedAs = /^attachment; filename\*=UTF-8''(\S+)$/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  return {
    content: new Uint8Array(await response.arrayBuffer()),
    mediaType: response.headers.get('content-type') ?? '',
    savedAs: decodeURIComponent(savedAs ?? ''),
  };
}
