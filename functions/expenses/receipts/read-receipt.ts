/** The file of a receipt as the check of its claim reads it. */
import type { DocumentFile } from '../../approvals/domain/plan.ts';
import type { AttachmentFiles } from '../../attachments/port.ts';
import { type RuleReport, ruleReportSchema } from '../../einvoice/domain/rule-report.ts';
import type { ReceiptFile } from '../domain/check-receipt-file.ts';
import { readInvoiceCode } from '../domain/invoice-code.ts';
import type { Verification } from '../domain/verification.ts';
import { readInvoice } from './read-invoice.ts';
import { readUbl } from './read-ubl.ts';
import { type ReceiptNote, readNote } from './receipt-note.ts';
import { FOR_PEOPLE, placeOf, reportPlaceOf, sha256Of } from './receipt-upload.ts';

interface FoundReceipt {
  readonly file: ReceiptFile;
  /** Undefined: it is missing. */
  readonly kept?: Pick<DocumentFile, 'folder' | 'mediaType' | 'bytes'>;
  /** Of a file that is for people: tells its content from all others. */
  readonly sha256?: string;
}

type KeptFiles = Pick<AttachmentFiles, 'describeKept' | 'readKept'>;

/**
 * What a file of an employee is and says. A file of somebody else is not there. Of what only people read nothing is fetched:
 * its codes were read when it arrived, and a claim may have two hundred photographs.
 */
export async function readReceipt(files: KeptFiles, employeeId: string, fileId: string): Promise<FoundReceipt> {
  const place = placeOf(employeeId, fileId);
  const found = await files.describeKept(place);
  if (found === undefined) {
    return { file: { kind: 'missing' } };
  }
  const { mediaType, bytes, note } = found;
  const known = readNote(note);
  const file = FOR_PEOPLE.includes(mediaType)
    ? shownIn(known)
    : await writtenIn(files, known, { place, reportPlace: reportPlaceOf(employeeId, fileId) });
  return file.kind === 'missing'
    ? { file }
    : {
        file,
        kept: { folder: place.processId, mediaType, bytes },
        ...(file.kind === 'for-people' ? { sha256: known.sha256 ?? (await digestOf(files, place)) } : {}),
      };
}

/** Of a file that an earlier version kept: those have none in their note. */
async function digestOf(files: KeptFiles, place: ReturnType<typeof placeOf>): Promise<string> {
  const found = await files.readKept(place);
  if (found === undefined) {
    throw new Error(`the file ${place.fileId} was removed while it was read`);
  }
  return sha256Of(found.content);
}

async function writtenIn(
  files: KeptFiles,
  known: ReceiptNote,
  { place, reportPlace }: Readonly<Record<'place' | 'reportPlace', ReturnType<typeof placeOf>>>,
): Promise<ReceiptFile> {
  const found = await files.readKept(place);
  return found === undefined
    ? { kind: 'missing' }
    : ((await europeanIn(files, found.content, reportPlace)) ?? invoiceIn(found.content, known));
}

function shownIn({ codes, verified }: ReceiptNote): ReceiptFile {
  const [first, ...more] = codes.flatMap((text, index) => {
    const code = readInvoiceCode(text);
    return code === undefined ? [] : [{ ...code, ...answered(verified[index]) }];
  });
  return first === undefined ? { kind: 'for-people' } : { kind: 'picture', codes: [first, ...more] };
}

function invoiceIn(content: Uint8Array, { verified }: ReceiptNote): ReceiptFile {
  const invoice = readInvoice(content);
  return invoice === undefined
    ? { kind: 'unreadable' }
    : { kind: 'invoice', invoice: { ...invoice, ...answered(verified[0]) } };
}

/** Undefined: it is none of EN 16931. */
async function europeanIn(
  files: KeptFiles,
  content: Uint8Array,
  reportPlace: ReturnType<typeof reportPlaceOf>,
): Promise<ReceiptFile | undefined> {
  const read = readUbl(content);
  if (read === undefined) {
    return undefined;
  }
  if (read.root === 'CreditNote') {
    return { kind: 'credit-note' };
  }
  return read.invoice === undefined
    ? { kind: 'unreadable' }
    : { kind: 'european', invoice: read.invoice, report: await keptReport(files, reportPlace) };
}

async function keptReport(files: KeptFiles, place: ReturnType<typeof reportPlaceOf>): Promise<RuleReport> {
  const kept = await files.readKept(place);
  return kept === undefined
    ? { outcome: 'unchecked' }
    : ruleReportSchema.parse(JSON.parse(Buffer.from(kept.content).toString()));
}

function answered(verified: Verification | undefined) {
  return verified === undefined ? {} : { verified };
}
