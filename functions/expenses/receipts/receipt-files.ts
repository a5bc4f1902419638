/** Files of receipts: they are sent before a claim names them, so each belongs to the employee who sent it. */
import { fileTypeFromBuffer } from 'file-type';
import * as z from 'zod';
import type { DocumentFile } from '../../approvals/domain/plan.ts';
import type { AttachmentFiles, KeptFile, UploadForm } from '../../attachments/port.ts';
import type { Randomness } from '../../runtime/ambient.ts';
import type { ReceiptFile } from '../domain/check-receipt-file.ts';
import { invoiceMediaType, readInvoice } from './read-invoice.ts';

/** Tells the arrivals of receipts from those of tasks, which have a bare id. */
const ARRIVAL = 'receipt-';
/** What is kept for people to look at, by media type (IANA). */
const PICTURES: readonly string[] = ['application/pdf', 'image/jpeg', 'image/png'];

const receiptContext = z.object({ employeeId: z.string().min(1), fileId: z.string().min(1) });

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

/**
 * Keeps what has arrived if its content is of a kind that is taken. What came first by a form stays: a claim may name it
 * already. Safe to repeat.
 * @throws ConnectorTransientError: the file stays where it arrived, and the message comes back
 */
export async function keepReceipt(files: AttachmentFiles, key: string): Promise<'kept' | 'refused' | 'gone'> {
  const arrived = await files.readArrived(key);
  if (arrived === undefined) {
    return 'gone';
  }
  const { employeeId, fileId } = receiptContext.parse(JSON.parse(arrived.context));
  const place = placeOf(employeeId, fileId);
  const mediaType = await receiptMediaType(arrived.content);
  const isKept = mediaType !== undefined && (await files.readKept(place)) === undefined;
  if (isKept) {
    await files.keep({ ...place, mediaType }, arrived.content);
  }
  await files.discard(key);
  return isKept ? 'kept' : 'refused';
}

interface FoundReceipt {
  readonly file: ReceiptFile;
  /** Undefined: it is missing. */
  readonly kept?: Pick<DocumentFile, 'folder' | 'mediaType' | 'bytes'>;
}

/** What a file of an employee is and says. A file of somebody else is not there. */
export async function readReceipt(
  files: Pick<AttachmentFiles, 'readKept'>,
  employeeId: string,
  fileId: string,
): Promise<FoundReceipt> {
  const place = placeOf(employeeId, fileId);
  const found = await files.readKept(place);
  if (found === undefined) {
    return { file: { kind: 'missing' } };
  }
  const { mediaType, content } = found;
  return {
    file: PICTURES.includes(mediaType) ? { kind: 'picture' } : invoiceIn(content),
    kept: { folder: place.processId, mediaType, bytes: content.byteLength },
  };
}

function invoiceIn(content: Uint8Array): ReceiptFile {
  const invoice = readInvoice(content);
  return invoice === undefined ? { kind: 'unreadable' } : { kind: 'invoice', invoice };
}

function placeOf(employeeId: string, fileId: string): Omit<KeptFile, 'mediaType'> {
  return { processId: `receipts/${encodeURIComponent(employeeId)}`, fileId };
}

/** By the content; names and what browsers claim prove nothing. Undefined: it is nothing that is taken. */
async function receiptMediaType(content: Uint8Array): Promise<string | undefined> {
  const found = await fileTypeFromBuffer(content).catch(() => undefined);
  return found !== undefined && PICTURES.includes(found.mime) ? found.mime : invoiceMediaType(content);
}
