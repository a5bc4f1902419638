/** The file of a receipt has arrived: it is kept if its content is of a kind that is taken. */
import { mediaTypeAmong } from '../../attachments/media-type.ts';
import { type AttachmentFiles, MAX_CODE_CHARACTERS } from '../../attachments/port.ts';
import { readInvoiceCode } from '../domain/invoice-code.ts';
import type { PictureReader } from './picture-reader.ts';
import { invoiceMediaType } from './read-invoice.ts';
import { FOR_PEOPLE, PICTURES, placeOf, receiptContext } from './receipt-upload.ts';

export interface KeepReceiptDeps {
  readonly files: AttachmentFiles;
  readonly pictures: PictureReader;
}

/**
 * Keeps what has arrived if its content is of a kind that is taken, and with a picture the codes of the invoices that it
 * shows: a claim of 200 photographs could not read them all in one step. What came first by a form stays: a claim may name
 * it already. Safe to repeat.
 * @throws ConnectorTransientError: the file stays where it arrived, and the message comes back
 */
export async function keepReceipt(
  { files, pictures }: KeepReceiptDeps,
  key: string,
): Promise<'kept' | 'refused' | 'gone'> {
  const arrived = await files.readArrived(key);
  if (arrived === undefined) {
    return 'gone';
  }
  const { employeeId, fileId } = receiptContext.parse(JSON.parse(arrived.context));
  const place = placeOf(employeeId, fileId);
  const mediaType = await receiptMediaType(arrived.content);
  const isKept = mediaType !== undefined && (await files.readKept(place)) === undefined;
  if (isKept) {
    const codes = PICTURES.includes(mediaType) ? await pictures.codesIn(arrived.content) : [];
    await files.keep({ ...place, mediaType }, arrived.content, codesOfInvoices(codes));
  }
  await files.discard(key);
  return isKept ? 'kept' : 'refused';
}

/** By the content. Undefined: it is nothing that is taken. */
async function receiptMediaType(content: Uint8Array): Promise<string | undefined> {
  return (await mediaTypeAmong(FOR_PEOPLE, content)) ?? invoiceMediaType(content);
}

/** Each once, and as many as can be kept: other codes of a picture, such as one to pay by, say nothing of the receipt. */
function codesOfInvoices(codes: readonly string[]): readonly string[] {
  const ofInvoices = [...new Set(codes)].filter((code) => readInvoiceCode(code) !== undefined);
  return ofInvoices.filter((_code, index) => ofInvoices.slice(0, index + 1).join('').length <= MAX_CODE_CHARACTERS);
}
