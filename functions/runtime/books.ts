/** The books of the record: where they are kept, and with what they are signed. */
import type * as z from 'zod';
import type { Shelf } from '../evidence/books/port.ts';
import { createKmsSigner } from '../evidence/kms/kms-signer.ts';
import { createS3Shelf } from '../evidence/s3/s3-shelf.ts';
import type { Signer } from '../evidence/signing/port.ts';
import { kmsClient, s3Client } from './clients.ts';
import type { booksEnvironment, closeBooksEnvironment } from './environment.ts';

export function shelf({ BOOKS_BUCKET, PERSONAL_BOOKS_BUCKET }: z.infer<typeof booksEnvironment>): Shelf {
  return createS3Shelf({ client: s3Client(), books: BOOKS_BUCKET, personal: PERSONAL_BOOKS_BUCKET });
}

export function bookSigner({ BOOKS_KEY_ARN }: z.infer<typeof closeBooksEnvironment>): Signer {
  return createKmsSigner({ client: kmsClient(), keyId: BOOKS_KEY_ARN });
}
