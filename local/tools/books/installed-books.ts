/** The books of an installation: where they are kept, which is the newest, and the key that they are signed with. */
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import type { Shelf } from '../../../functions/evidence/books/port.ts';
import { createKmsSigner } from '../../../functions/evidence/kms/kms-signer.ts';
import { createS3Shelf } from '../../../functions/evidence/s3/s3-shelf.ts';
import type { SigningKey } from '../../../functions/evidence/signing/port.ts';
import type { Installation } from '../installation.ts';

const outputsSchema = z.object({
  BooksBucketName: z.string().min(1),
  PersonalBooksBucketName: z.string().min(1),
  BooksKeyArn: z.string().min(1),
});

/** @throws Error in one sentence when the installation does not name its buckets. */
export function shelfOf(installation: Installation): Shelf {
  const { BooksBucketName: books, PersonalBooksBucketName: personal } = outputsOf(installation);
  return createS3Shelf({
    client: new S3Client({ ...installation.aws, forcePathStyle: 'endpoint' in installation.aws }),
    books,
    personal,
  });
}

/** @throws Error in one sentence when the installation does not name its key. */
export function publicKeyOf(installation: Installation): Promise<SigningKey> {
  const { BooksKeyArn: keyId } = outputsOf(installation);
  return createKmsSigner({ client: new KMSClient(installation.aws), keyId }).publicKey();
}

function outputsOf({ name, outputs }: Installation) {
  const parsed = outputsSchema.safeParse(outputs);
  if (!parsed.success) {
    throw new Error(`${name} does not name where its books are: ${z.prettifyError(parsed.error)}`);
  }
  return parsed.data;
}
