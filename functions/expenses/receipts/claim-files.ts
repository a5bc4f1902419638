/** The files of a claim's receipts, as they were kept and read. */
import type { DocumentFile } from '../../approvals/domain/plan.ts';
import type { AttachmentFiles } from '../../attachments/port.ts';
import type { ExpenseClaim } from '../../events/expense-claim-submitted.ts';
import type { Clock } from '../../runtime/ambient.ts';
import { checkReceiptFile, numberInFile } from '../domain/check-receipt-file.ts';
import type { ClaimFinding } from '../domain/finding.ts';
import { receiptIdentities } from '../domain/receipt-identity.ts';
import { readReceipt } from './read-receipt.ts';

export interface ClaimFilesDeps {
  readonly files: Pick<AttachmentFiles, 'readKept'>;
  readonly clock: Clock;
  /** Of legal entities, by their code. */
  readonly taxIds: Readonly<Record<string, string>>;
}

export interface ClaimFiles {
  readonly findings: readonly ClaimFinding[];
  /** For whoever decides. */
  readonly shown: readonly DocumentFile[];
  /** Names of those among them in which no invoice could be read: nothing has compared them with what was entered. */
  readonly unread: readonly string[];
  /** Keys of the paper of each receipt, in their order: by what was entered and by what its file says. */
  readonly identities: readonly (readonly string[])[];
}

/** One file after the other: together they may be larger than the memory. */
export async function readClaimFiles(
  { files, clock, taxIds }: ClaimFilesDeps,
  { receipts, legalEntity }: ExpenseClaim,
  employeeId: string,
): Promise<ClaimFiles> {
  const buyerTaxId = Object.hasOwn(taxIds, legalEntity) ? taxIds[legalEntity] : undefined;
  const findings: ClaimFinding[] = [];
  const shown: DocumentFile[] = [];
  const unread: string[] = [];
  const identities: (readonly string[])[] = [];
  for (const [index, receipt] of receipts.entries()) {
    const { fileId, receiptId } = receipt;
    if (fileId === undefined) {
      identities.push(receiptIdentities(receipt));
      continue;
    }
    const { file, kept } = await readReceipt(files, employeeId, fileId);
    findings.push(...checkReceiptFile(receipt, index, file, buyerTaxId));
    identities.push(receiptIdentities(receipt, numberInFile(receipt, file)));
    if (kept !== undefined) {
      const name = nameOf(receiptId, kept.mediaType);
      shown.push({ ...kept, name, fileId, at: clock.now().toISOString() });
      unread.push(...(file.kind === 'for-people' ? [name] : []));
    }
  }
  return { findings, shown, unread, identities };
}

/** The receipt's id and the name of its kind: `r1.pdf`. */
function nameOf(receiptId: string, mediaType: string): string {
  return `${receiptId}.${mediaType.split('/')[1] ?? ''}`;
}
