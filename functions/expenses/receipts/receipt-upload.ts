/** Files of receipts: they are sent before a claim names them, so each belongs to the employee who sent it. */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { AttachmentFiles, KeptFile, UploadForm } from '../../attachments/port.ts';
import type { Randomness } from '../../runtime/ambient.ts';

/** Tells the arrivals of receipts from those of tasks, which have a bare id. */
const ARRIVAL = 'receipt-';
/** In which the code of an invoice is looked for, by media type (IANA). */
export const PICTURES: readonly string[] = ['image/jpeg', 'image/png'];
/** What is kept for people to look at, by media type (IANA). */
export const FOR_PEOPLE: readonly string[] = ['application/pdf', ...PICTURES];

/** What the form of an upload is bound to. */
export const receiptContext = z.object({ employeeId: z.string().min(1), fileId: z.string().min(1) });

/** The form by which an employee's receipt is sent, and the id by which a claim names it. Nothing is kept by it. */
export async function receiptForm(
  { files, randomness }: { readonly files: Pick<AttachmentFiles, 'uploadForm'>; readonly randomness: Randomness },
  employeeId: string,
): Promise<{ readonly fileId: string; readonly form: UploadForm }> {
  const fileId = randomness.uuid().replaceAll('-', '');
  const context = JSON.stringify({ employeeId, fileId } satisfies z.infer<typeof receiptContext>);
  return { fileId, form: await files.uploadForm({ uploadId: `${ARRIVAL}${fileId}`, context }) };
}

/** @param key - of a file that has arrived */
export function isReceipt(key: string): boolean {
  return key.startsWith(`incoming/${ARRIVAL}`);
}

/** Where the file of an employee's receipt is kept. */
export function placeOf(employeeId: string, fileId: string): Omit<KeptFile, 'mediaType'> {
  return { processId: `receipts/${encodeURIComponent(employeeId)}`, fileId };
}

/** Hexadecimal: tells the content of a file from all others. */
export function sha256Of(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Where what the rules of EN 16931 said of an invoice is kept beside it: no claim can name this id. */
export function reportPlaceOf(employeeId: string, fileId: string): Omit<KeptFile, 'mediaType'> {
  return placeOf(employeeId, `${fileId}.en16931`);
}
