/** Books as AWS's services keep and sign them: closed, exported and verified. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeBooks } from '../../../functions/evidence/close-books.ts';
import { createKmsSigner } from '../../../functions/evidence/kms/kms-signer.ts';
import { createS3Shelf } from '../../../functions/evidence/s3/s3-shelf.ts';
import { clientOptions } from '../../../local/cloud/aws.ts';
import { exportBooks } from '../../../local/tools/books/export-books.ts';
import { verifyBooks } from '../../../local/tools/books/verify-books.ts';
import { evidenceWorld } from '../../support/evidence-world.ts';
import { useMinistack } from '../../support/use-ministack.ts';

const endpoint = useMinistack();
let folder: string;
let s3: S3Client;
let kms: KMSClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'books-of-s3-'));
  s3 = new S3Client({ ...clientOptions(endpoint()), forcePathStyle: true });
  kms = new KMSClient(clientOptions(endpoint()));
  for (const Bucket of ['books', 'personal-books']) {
    await s3.send(new CreateBucketCommand({ Bucket }));
  }
});

afterAll(async () => {
  s3?.destroy();
  kms?.destroy();
  await rm(folder, { recursive: true, force: true });
});

describe('books on the services of AWS', () => {
  it('are closed, exported, and verify by the key that KMS has', async () => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }));
    const signer = createKmsSigner({ client: kms, keyId: KeyMetadata?.KeyId ?? '' });
    const shelf = createS3Shelf({ client: s3, books: 'books', personal: 'personal-books' });
    const world = await evidenceWorld();
    await world.grow('P-1', 3, { personal: { comment: '同意' } });
    world.clock.forward(86_400);

    const [closed] = await closeBooks({ ...world, signer, shelf });
    const which = { newest: closed?.day ?? '', from: closed?.day, withPersonal: true, erasures: [] };
    await exportBooks(shelf, which, folder);

    const { pem } = await signer.publicKey();
    expect(await verifyBooks(folder, { keyPem: pem })).toMatchObject({
      entries: 4,
      personal: { checked: 3 },
      isKeyGiven: true,
      findings: [],
    });
  });
});
