/** The files that people add, in the company's bucket. */
import type * as z from 'zod';
import type { AttachmentFiles } from '../attachments/port.ts';
import { createS3Files } from '../attachments/s3/s3-files.ts';
import { s3Client } from './clients.ts';
import type { attachmentEnvironment } from './environment.ts';

export function attachmentFiles({ ATTACHMENT_BUCKET }: z.infer<typeof attachmentEnvironment>): AttachmentFiles {
  return createS3Files({ client: s3Client(), bucket: ATTACHMENT_BUCKET });
}
