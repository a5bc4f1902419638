/** Files of payroll runs: the same is asked of S3 and of what the tests of the machine stand on. */
import { CreateBucketCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunFiles } from '../../../functions/payroll/port.ts';
import { createS3RunFiles } from '../../../functions/payroll/s3/s3-run-files.ts';
import { clientOptions } from '../../../local/cloud/aws.ts';
import { memoryObjects } from '../../../local/step-functions/index.ts';
import { PAYROLL_BUCKET } from '../../support/machines.ts';
import { filesIn } from '../../support/payroll-world.ts';
import { useMinistack } from '../../support/use-ministack.ts';

const endpoint = useMinistack();
let client: S3Client;

beforeAll(async () => {
  client = new S3Client({ ...clientOptions(endpoint()), forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: PAYROLL_BUCKET }));
});

afterAll(() => client?.destroy());

const STORES: readonly (readonly [string, () => RunFiles])[] = [
  ['S3', () => createS3RunFiles(client, PAYROLL_BUCKET)],
  ['memory', () => filesIn(memoryObjects())],
];

describe.each(STORES)('files of payroll runs in %s', (_name, open) => {
  it('are read as they were written, also in Chinese, and a second writing takes the place of the first', async () => {
    const files = open();
    await files.write('runs/payroll-run-2026-01/employees.json', '[]');
    await files.write('runs/payroll-run-2026-01/employees.json', '["李娜"]');

    expect(await files.read('runs/payroll-run-2026-01/employees.json')).toBe('["李娜"]');
  });

  it('are looked for where there may be none', async () => {
    const files = open();
    await files.write('answers/one.csv', 'a');

    expect([await files.find('answers/one.csv'), await files.find('answers/two.csv')]).toEqual(['a', undefined]);
  });

  it('may be asked for again where there is none', async () => {
    await expect(open().read('runs/nothing.json')).rejects.toMatchObject({ name: 'ConnectorTransientError' });
  });
});

describe('files of payroll runs in S3', () => {
  it('have the type that their names say', async () => {
    await createS3RunFiles(client, PAYROLL_BUCKET).write('figures/one.csv', 'period\r\n');

    const { ContentType } = await client.send(
      new HeadObjectCommand({ Bucket: PAYROLL_BUCKET, Key: 'figures/one.csv' }),
    );
    expect(ContentType).toBe('text/csv; charset=utf-8');
  });

  it('tell an unreachable store and a file that is not there yet from a bucket that is not there', async () => {
    const options = { ...clientOptions('http://127.0.0.1:9'), maxAttempts: 1 };
    const unreachable = createS3RunFiles(new S3Client(options), PAYROLL_BUCKET);
    const misnamed = createS3RunFiles(client, 'no-such-bucket');

    await expect(unreachable.read('x')).rejects.toMatchObject({ name: 'ConnectorTransientError' });
    await expect(createS3RunFiles(client, PAYROLL_BUCKET).read('x')).rejects.toMatchObject({
      name: 'ConnectorTransientError',
    });
    await expect(misnamed.write('x', '')).rejects.toMatchObject({ name: 'ConfigError' });
  });
});
