/** Payslips in a bucket of Amazon S3 with versions and a key of its own: whoever may not use the key reads none. */
import { GetObjectCommand, ListObjectsV2Command, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { type Payslip, payslipSchema } from '../../payslips/domain/payslip.ts';
import type { KeptPayslip, PayslipStore } from '../../payslips/port.ts';
import { ConfigError } from '../../runtime/errors.ts';
import { askS3 } from './ask-s3.ts';

/** Payslips of one employee; ids of the directory have no slash. */
function folderOf(employeeId: string): string {
  return `payslips/${employeeId}/`;
}

export function createS3Payslips(client: S3Client, bucket: string): PayslipStore {
  const find = (employeeId: string, period: string) =>
    askS3(async (): Promise<KeptPayslip | undefined> => {
      try {
        const key = keyOf({ employeeId, period });
        const { Body, VersionId } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        const text = (await Body?.transformToString('utf-8')) ?? '';
        return { payslip: payslipSchema.parse(JSON.parse(text)), version: versionOf(VersionId) };
      } catch (error) {
        if (error instanceof NoSuchKey) {
          return undefined;
        }
        throw error;
      }
    });
  return {
    find,
    async keep(payslip) {
      const before = await find(payslip.employeeId, payslip.period);
      return before !== undefined && isSame(before.payslip, payslip)
        ? { version: before.version }
        : askS3(async () => {
            const { VersionId } = await client.send(
              new PutObjectCommand({
                Bucket: bucket,
                Key: keyOf(payslip),
                Body: JSON.stringify(payslipSchema.parse(payslip)),
                ContentType: 'application/json',
              }),
            );
            return { version: versionOf(VersionId) };
          });
    },
    periodsOf: (employeeId) =>
      askS3(async () => {
        const folder = folderOf(employeeId);
        // A thousand months are one page of S3.
        const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: folder }));
        return Contents.map(({ Key = '' }) => Key.slice(folder.length).replace('.json', ''))
          .toSorted()
          .toReversed();
      }),
  };
}

function keyOf({ employeeId, period }: Pick<Payslip, 'employeeId' | 'period'>): string {
  return `${folderOf(employeeId)}${period}.json`;
}

/** The schema keeps the order of the fields. */
function isSame(one: Payslip, other: Payslip): boolean {
  return JSON.stringify(payslipSchema.parse(one)) === JSON.stringify(payslipSchema.parse(other));
}

/** An employee confirms one version: without versions nobody could tell which. */
function versionOf(versionId: string | undefined): string {
  if (versionId === undefined) {
    throw new ConfigError('the bucket of payslips keeps no versions');
  }
  return versionId;
}
