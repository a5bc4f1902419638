/** The file of a receipt has arrived: it is kept if its content is of a kind that is taken. */
import { mediaTypeAmong } from '../../attachments/media-type.ts';
import type { AttachmentFiles } from '../../attachments/port.ts';
import { invoiceMediaType } from './read-invoice.ts';
import { FOR_PEOPLE, placeOf, receiptContext } from './receipt-upload.ts';

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

/** By the content. Undefined: it is nothing that is taken. */
async function receiptMediaType(content: Uint8Array): Promise<string | undefined> {
  return (await mediaTypeAmong(FOR_PEOPLE, content)) ?? invoiceMediaType(content);
}
