/** The file of a receipt has arrived: it is kept if its content is of a kind that is taken. */
import { mediaTypeAmong } from '../../attachments/media-type.ts';
import type { AttachmentFiles } from '../../attachments/port.ts';
import type { InvoiceRegister, IssuedInvoice } from '../../connectors/tax/port.ts';
import type { RuleReport } from '../../einvoice/domain/rule-report.ts';
import type { InvoiceChecker } from '../../einvoice/port.ts';
import { ublDocument } from '../../einvoice/ubl.ts';
import { ConnectorPermanentError, ConnectorTransientError } from '../../runtime/errors.ts';
import { readInvoiceCode } from '../domain/invoice-code.ts';
import type { Verification } from '../domain/verification.ts';
import type { PictureReader } from './picture-reader.ts';
import { invoiceMediaType, readInvoice, XML } from './read-invoice.ts';
import { fittingCodes, noteText, type ReceiptNote } from './receipt-note.ts';
import { FOR_PEOPLE, PICTURES, placeOf, receiptContext, reportPlaceOf, sha256Of } from './receipt-upload.ts';

export interface KeepReceiptDeps {
  readonly files: AttachmentFiles;
  readonly pictures: PictureReader;
  /** Absent: the company asks none. */
  readonly register?: InvoiceRegister | undefined;
  /** Absent: the company takes no invoices of EN 16931. */
  readonly checker?: InvoiceChecker | undefined;
}

/**
 * Keeps what has arrived if its content is of a kind that is taken, with the codes of the invoices that a picture shows, with
 * what the register says of its invoices, and with what the rules of EN 16931 say of it: a claim of 200 photographs could not
 * do all that in one step. What came first by a form stays: a claim may name it already. Safe to repeat.
 * @throws ConnectorTransientError, ConfigError: the file stays where it arrived, and the message comes back
 */
export async function keepReceipt(deps: KeepReceiptDeps, key: string): Promise<'kept' | 'refused' | 'gone'> {
  const { files } = deps;
  const arrived = await files.readArrived(key);
  if (arrived === undefined) {
    return 'gone';
  }
  const { employeeId, fileId } = receiptContext.parse(JSON.parse(arrived.context));
  const place = placeOf(employeeId, fileId);
  const isFirst = (await files.describeKept(place)) === undefined;
  const taken = isFirst ? await takenAs(deps, key, arrived.content) : undefined;
  if (taken !== undefined) {
    const { mediaType, report } = taken;
    if (report !== undefined) {
      // Before the file itself: whoever finds that finds this.
      const content = Buffer.from(JSON.stringify(report));
      await files.keep({ ...reportPlaceOf(employeeId, fileId), mediaType: 'application/json' }, content);
    }
    const note = await noteOf(deps, mediaType, arrived.content);
    await files.keep({ ...place, mediaType }, arrived.content, noteText(note));
  }
  await files.discard(key);
  return taken === undefined ? 'refused' : 'kept';
}

interface Taken {
  readonly mediaType: string;
  /** Of an invoice of EN 16931. */
  readonly report?: RuleReport;
}

/** Undefined: it is nothing that is taken. */
async function takenAs({ checker }: KeepReceiptDeps, key: string, content: Uint8Array): Promise<Taken | undefined> {
  const mediaType = await receiptMediaType(content);
  if (mediaType !== undefined || checker === undefined || ublDocument(content) === undefined) {
    return mediaType === undefined ? undefined : { mediaType };
  }
  const report = await checker.check(key);
  return report && { mediaType: XML, report };
}

/** By the content. Undefined: it is nothing that is taken. */
async function receiptMediaType(content: Uint8Array): Promise<string | undefined> {
  return (await mediaTypeAmong(FOR_PEOPLE, content)) ?? invoiceMediaType(content);
}

async function noteOf(
  { pictures, register }: KeepReceiptDeps,
  mediaType: string,
  content: Uint8Array,
): Promise<ReceiptNote> {
  const codes = PICTURES.includes(mediaType) ? codesOfInvoices(await pictures.codesIn(content)) : [];
  const invoices = FOR_PEOPLE.includes(mediaType)
    ? codes.flatMap((code) => readInvoiceCode(code) ?? [])
    : electronicInvoice(content);
  const asked = register === undefined ? [] : invoices.map((invoice) => verification(register, invoice));
  return { sha256: sha256Of(content), codes: [...codes], verified: await Promise.all(asked) };
}

/** Each once, and as many as can be kept: other codes of a picture, such as one to pay by, say nothing of the receipt. */
function codesOfInvoices(codes: readonly string[]): readonly string[] {
  return fittingCodes([...new Set(codes)].filter((code) => readInvoiceCode(code) !== undefined));
}

function electronicInvoice(content: Uint8Array): readonly IssuedInvoice[] {
  const invoice = readInvoice(content);
  return invoice === undefined ? [] : [{ ...invoice, amountIs: 'total' }];
}

/** Asked twice at most. A register that gives no answer keeps no file back: people verify its invoice. */
async function verification(register: InvoiceRegister, invoice: IssuedInvoice, isAgain = false): Promise<Verification> {
  try {
    return await register.verify(invoice);
  } catch (error) {
    if (error instanceof ConnectorTransientError) {
      return isAgain ? 'unavailable' : verification(register, invoice, true);
    }
    if (error instanceof ConnectorPermanentError) {
      return 'unavailable';
    }
    throw error;
  }
}
