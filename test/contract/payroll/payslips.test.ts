/** Where payslips are kept: the same is asked of S3 and of what the tests of the machine stand on. */
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createS3Payslips } from '../../../functions/payroll/s3/s3-payslips.ts';
import type { Payslip } from '../../../functions/payslips/domain/payslip.ts';
import type { PayslipStore } from '../../../functions/payslips/port.ts';
import { clientOptions } from '../../../local/cloud/aws.ts';
import { MemoryPayslips } from '../../support/memory-payslips.ts';
import { useMinistack } from '../../support/use-ministack.ts';

const BUCKET = 'payslips';
const endpoint = useMinistack();
let client: S3Client;

beforeAll(async () => {
  client = new S3Client({ ...clientOptions(endpoint()), forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: BUCKET }));
  const VersioningConfiguration = { Status: 'Enabled' } as const;
  await client.send(new PutBucketVersioningCommand({ Bucket: BUCKET, VersioningConfiguration }));
});

afterAll(() => client?.destroy());

function payslipOf(employeeId: string, net: string, period = '2026-11'): Payslip {
  return { employeeId, period, currency: 'CNY', lines: [{ kind: 'earning', item: '工资 Salary', amount: net }], net };
}

const STORES: readonly (readonly [string, () => PayslipStore])[] = [
  ['S3', () => createS3Payslips(client, BUCKET)],
  ['memory', () => new MemoryPayslips()],
];

describe.each(STORES)('payslips in %s', (name, open) => {
  const id = (number: number) => `E-${name}-${number}`;

  it('are found as they were kept, and the same again keeps its version', async () => {
    const store = open();
    const { version } = await store.keep(payslipOf(id(1), '9000.00'));

    expect(await store.keep(payslipOf(id(1), '9000.00'))).toEqual({ version });
    expect(await store.find(id(1), '2026-11')).toEqual({ payslip: payslipOf(id(1), '9000.00'), version });
  });

  it('that are corrected get another version', async () => {
    const store = open();
    const before = await store.keep(payslipOf(id(2), '9000.00'));
    const after = await store.keep(payslipOf(id(2), '9100.00'));

    expect(after.version).not.toBe(before.version);
    expect((await store.find(id(2), '2026-11'))?.payslip.net).toBe('9100.00');
  });

  it('are listed by employee, newest month first, and not those of a longer id', async () => {
    const store = open();
    for (const period of ['2025-12', '2026-11', '2026-02']) {
      await store.keep(payslipOf(id(3), '1.00', period));
    }
    await store.keep(payslipOf(`${id(3)}1`, '1.00', '2026-10'));

    expect(await store.periodsOf(id(3))).toEqual(['2026-11', '2026-02', '2025-12']);
    expect(await store.periodsOf(id(4))).toEqual([]);
    expect(await store.find(id(4), '2026-11')).toBeUndefined();
  });
});

describe('payslips in S3', () => {
  it('need a bucket that keeps versions', async () => {
    await client.send(new CreateBucketCommand({ Bucket: 'no-versions' }));

    await expect(createS3Payslips(client, 'no-versions').keep(payslipOf('E-1', '1.00'))).rejects.toMatchObject({
      name: 'ConfigError',
    });
  });
});
