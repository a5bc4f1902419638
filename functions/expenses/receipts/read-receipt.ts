/** The file of a receipt as the check of its claim reads it. */
import type { DocumentFile } from '../../approvals/domain/plan.ts';
import type { AttachmentFiles } from '../../attachments/port.ts';
import type { ReceiptFile } from '../domain/check-receipt-file.ts';
import { readInvoiceCode } from '../domain/invoice-code.ts';
import { readInvoice } from './read-invoice.ts';
import { FOR_PEOPLE, placeOf } from './receipt-upload.ts';

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
  const { mediaType, content, codes } = found;
  return {
    file: FOR_PEOPLE.includes(mediaType) ? shownIn(codes) : invoiceIn(content),
    kept: { folder: place.processId, mediaType, bytes: content.byteLength },
  };
}

/** @param texts - of the codes that were read when the file was kept */
function shownIn(texts: readonly string[]): ReceiptFile {
  const [first, ...more] = texts.flatMap((text) => readInvoiceCode(text) ?? []);
  return first === undefined ? { kind: 'for-people' } : { kind: 'picture', codes: [first, ...more] };
}

function invoiceIn(content: Uint8Array): ReceiptFile {
  const invoice = readInvoice(content);
  return invoice === undefined ? { kind: 'unreadable' } : { kind: 'invoice', invoice };
}
