/** Files of tasks, and of receipts. */
import * as z from 'zod';
import { instant, place } from './common.ts';

const fileId = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .describe('Names the file within its process.');

export const filePath = z.object({ ...place, fileId });

const file = z
  .object({
    fileId,
    name: z.string().optional().describe('Absent: it was erased with other personal values.'),
    by: z.string().describe('Name of who added it.'),
    at: instant,
    mediaType: z.string().describe('As the content says, not as the name does.'),
    bytes: z.int(),
    version: z.int().optional().describe('The earlier version to which it was added. Absent: it is of this one.'),
  })
  .meta({ id: 'File' });

export const fileList = z
  .object({
    files: z.array(file).describe('Oldest first.'),
    canAttach: z.boolean().describe('Whether a further file of the caller would count now.'),
  })
  .meta({ id: 'FileList' });

export const uploadForm = z
  .object({
    action: z.url().describe('Where to POST the form, as `multipart/form-data`.'),
    fields: z.record(z.string(), z.string()).describe('To be sent as they are, before the file.'),
    fileField: z.literal('file').describe('Name of the last field: the file with its name.'),
    maxBytes: z.int(),
    expiresAt: instant,
  })
  .meta({ id: 'UploadForm' });

export const receiptUpload = uploadForm
  .extend({ fileId: fileId.describe('By which a receipt of an expense claim names the file, in `fileId`.') })
  .meta({ id: 'ReceiptUpload' });

export const fileAddress = z
  .object({
    url: z.url().describe('Gives the file to whoever has it. It is no address of the API: send no token there.'),
    expiresAt: instant,
  })
  .meta({ id: 'FileAddress' });
