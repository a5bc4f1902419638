/** The files of a claim's receipts, as they were kept and read. */
import type { DocumentFile } from '../../approvals/domain/plan.ts';
import type { AttachmentFiles } from '../../attachments/port.ts';
import type { RuleReport } from '../../einvoice/domain/rule-report.ts';
import type { ClaimedReceipt, ExpenseClaim } from '../../events/expense-claim-submitted.ts';
import type { Clock } from '../../runtime/ambient.ts';
import { checkReceiptFile, numberInFile, type ReceiptFile } from '../domain/check-receipt-file.ts';
import type { ClaimFinding } from '../domain/finding.ts';
import { europeanIdentities, receiptIdentities, unreadIdentities } from '../domain/receipt-identity.ts';
import { type RulePolicy, ruleFindings, TOLD_OF_CLAIM } from '../domain/rule-findings.ts';
import { type Verification, type VerificationPolicy, verificationFindings } from '../domain/verification.ts';
import { readReceipt } from './read-receipt.ts';

export interface ClaimFilesDeps {
  readonly files: Pick<AttachmentFiles, 'describeKept' | 'readKept'>;
  readonly clock: Clock;
  /** Of legal entities, by their code. */
  readonly taxIds: Readonly<Record<string, string>>;
  /** Absent: the company asks no register of invoices. */
  readonly verificationPolicy?: VerificationPolicy | undefined;
  readonly rulePolicy: RulePolicy;
}

export interface ClaimFiles {
  readonly findings: readonly ClaimFinding[];
  /** For whoever decides. */
  readonly shown: readonly DocumentFile[];
  /** Names of those among them in which no invoice could be read: nothing has compared them with what was entered. */
  readonly unread: readonly string[];
  /** Keys of the paper of each receipt, in their order: by what was entered and by what its file says. */
  readonly identities: readonly (readonly string[])[];
  /** What the register of invoices said of those with an invoice; none: the company asks none. */
  readonly verified: readonly { readonly receiptId: string; readonly answer: Verification }[];
  /** What the rules of EN 16931 said of those of whose files they were asked. */
  readonly ruled: readonly RuledReceipt[];
}

/** `rules`: their version. `broken`: ids of the first that are, fatal ones first. */
type RuledReceipt = {
  readonly receiptId: string;
  readonly outcome: RuleReport['outcome'];
  readonly rules?: string;
  readonly broken?: readonly string[];
};

/** Ids of one receipt that the record names. */
const RECORDED = 10;

/** One file after the other: together they may be larger than the memory. */
export async function readClaimFiles(
  { files, clock, taxIds, verificationPolicy, rulePolicy }: ClaimFilesDeps,
  { receipts, legalEntity }: ExpenseClaim,
  employeeId: string,
): Promise<ClaimFiles> {
  const buyerTaxId = Object.hasOwn(taxIds, legalEntity) ? taxIds[legalEntity] : undefined;
  const findings: ClaimFinding[] = [];
  const shown: DocumentFile[] = [];
  const unread: string[] = [];
  const identities: (readonly string[])[] = [];
  const verified: { receiptId: string; answer: Verification }[] = [];
  const ruled: RuledReceipt[] = [];
  let room = TOLD_OF_CLAIM;
  for (const [index, receipt] of receipts.entries()) {
    const { fileId, receiptId } = receipt;
    if (fileId === undefined) {
      identities.push(receiptIdentities(receipt));
      continue;
    }
    const { file, kept, sha256 } = await readReceipt(files, employeeId, fileId);
    findings.push(...checkReceiptFile(receipt, index, file, buyerTaxId));
    const invoice = numberInFile(receipt, file);
    identities.push(identitiesOf(receipt, file, sha256));
    if (file.kind === 'european') {
      const broken = ruleFindings(receipt, index, file.report, rulePolicy, room);
      findings.push(...broken);
      room = Math.max(0, room - broken.length);
      ruled.push(ruledReceipt(receiptId, file.report));
    }
    if (invoice !== undefined && verificationPolicy !== undefined) {
      // A file that was kept before the company asked a register has no answer either.
      const answer = invoice.verified ?? 'unavailable';
      verified.push({ receiptId, answer });
      findings.push(...verificationFindings(receipt, index, answer, verificationPolicy));
    }
    if (kept !== undefined) {
      const name = nameOf(receiptId, kept.mediaType);
      shown.push({ ...kept, name, fileId, at: clock.now().toISOString() });
      unread.push(...(file.kind === 'for-people' ? [name] : []));
    }
  }
  return { findings, shown, unread, identities, verified, ruled };
}

function identitiesOf(receipt: ClaimedReceipt, file: ReceiptFile, sha256: string | undefined): readonly string[] {
  switch (file.kind) {
    case 'european':
      return europeanIdentities(receipt, file.invoice);
    case 'for-people':
      return unreadIdentities(receipt, sha256);
    default:
      return receiptIdentities(receipt, numberInFile(receipt, file));
  }
}

function ruledReceipt(receiptId: string, report: RuleReport): RuledReceipt {
  return {
    ...{ receiptId, outcome: report.outcome },
    ...(report.outcome === 'unchecked' ? {} : { rules: report.rules }),
    ...(report.outcome === 'checked' ? { broken: report.broken.slice(0, RECORDED).map(({ id }) => id) } : {}),
  };
}

/** The receipt's id and the name of its kind: `r1.pdf`. */
function nameOf(receiptId: string, mediaType: string): string {
  return `${receiptId}.${mediaType.split('/')[1] ?? ''}`;
}
