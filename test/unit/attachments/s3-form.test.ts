import { S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { FORM_MINUTES, MAX_FILE_BYTES } from '../../../functions/attachments/port.ts';
import { createS3Files } from '../../../functions/attachments/s3/s3-files.ts';
import { receiptForm } from '../../../functions/expenses/receipts/receipt-upload.ts';
import { seededRandomness } from '../../support/ambient.ts';

const NOW = new Date('2026-01-05T08:00:00Z');
const policySchema = z.object({ expiration: z.string(), conditions: z.array(z.unknown()) });

beforeEach(() => vi.useFakeTimers({ now: NOW, toFake: ['Date'] }));
afterEach(() => vi.useRealTimers());

describe('the form by which a receipt is sent to S3', () => {
  it('is signed for an hour, for one place, and for files of at most the size that is read', async () => {
    // Prepare
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const client = new S3Client({ region: 'eu-central-1', credentials });
    const files = createS3Files({ client, bucket: 'files' });

    // Act
    const { fileId, form } = await receiptForm({ files, randomness: seededRandomness(1) }, 'E-1001');

    // Assess
    const decoded = Buffer.from(form.fields.Policy ?? '', 'base64').toString();
    const policy = policySchema.parse(JSON.parse(decoded));
    expect(new Date(policy.expiration).getTime() - NOW.getTime()).toBe(FORM_MINUTES * 60_000);
    expect(policy.conditions).toContainEqual(['content-length-range', 1, MAX_FILE_BYTES]);
    expect(policy.conditions).toContainEqual(['starts-with', '$key', `incoming/receipt-${fileId}/`]);
    expect(policy.conditions).toContainEqual({ bucket: 'files' });
  });
});
