/** What is wrong with documents: they do not agree, nobody approved them, they come twice, or in pieces. Pure. */
import * as z from 'zod';
import type { RecordEntry } from '../../audit/domain/record.ts';
import { compare, type Money, multiply, subtract, sum } from '../../money/money.ts';
import type { Detector } from './detector.ts';
import type { Finding } from './finding.ts';
import { type InvoiceMark, numberOf, type PurchaseMark } from './marks.ts';
import { evidenceOf, lastBefore, moneyOf, textOf, totalOf, type WatchedProcess } from './watched.ts';

/** OA, process and ERP name different amounts for the same thing. */
export const dataMismatch: Detector = (process) =>
  process.entries.flatMap((entry): readonly Finding[] => {
    const counterpart = counterpartOf(process, entry);
    if (counterpart === undefined || isSame(counterpart.expected, counterpart.found)) {
      return [];
    }
    const { other, expected, found } = counterpart;
    return [
      {
        detector: 'data-mismatch',
        subject: `${entry.processId}#${entry.sequence}`,
        processIds: [process.processId],
        evidence: evidenceOf(other, entry),
        facts: { document: entry.type, expected: moneyText(expected), found: moneyText(found) },
      },
    ];
  });

interface Counterpart {
  readonly other: RecordEntry;
  readonly expected: Money;
  readonly found: Money;
}

/** The entry that must name the same amount, and both amounts. Undefined: there is nothing to compare. */
function counterpartOf(process: WatchedProcess, entry: RecordEntry): Counterpart | undefined {
  const before = (isWanted: (one: RecordEntry) => boolean) => lastBefore(process, entry, isWanted);
  const pair = (other: RecordEntry | undefined, amountOf: (one: RecordEntry) => Money | undefined, own = amountOf) => {
    const [expected, found] = [other === undefined ? undefined : amountOf(other), own(entry)];
    return other === undefined || expected === undefined || found === undefined
      ? undefined
      : { other, expected, found };
  };
  const withKey = (type: string) => (one: RecordEntry) =>
    one.type === type && textOf(one, 'key') === textOf(entry, 'key');
  switch (entry.type) {
    case 'RequisitionValidated':
      return pair(
        before(({ type }) => type === 'RequisitionRegistered' || type === 'RequisitionResubmitted'),
        filedTotal,
        totalOf,
      );
    case 'OrderCreated':
      return pair(
        before(({ type }) => type === 'RequisitionValidated'),
        totalOf,
      );
    case 'PaymentRequested':
      return pair(before(withKey('PaymentIntended')), (one) => moneyOf(one, 'amount'));
    case 'PaymentCompleted':
      return pair(before(withKey('PaymentRequested')), (one) => moneyOf(one, 'amount'));
    case 'EntryPosted':
      return pair(before(withKey('PostingIntended')), (one) => moneyOf(one, 'owed'));
    default:
      return undefined;
  }
}

function filedTotal({ facts }: RecordEntry): Money | undefined {
  const filed = filedSchema.safeParse(facts.filed).data;
  return filed === undefined ? undefined : totalOf({ facts: filed });
}

const filedSchema = z.object({ total: z.string(), currency: z.string() });

function isSame(one: Money, other: Money): boolean {
  return one.currency === other.currency && compare(one.amount, other.amount) === 0;
}

function moneyText({ amount, currency }: Money): string {
  return `${amount} ${currency}`;
}

/**
 * An order, a posting or a payment in the ERP before anybody, or a rule, let it go as it was asked for last: an approval of an
 * earlier version is none.
 */
export const unapprovedDocument: Detector = (process) =>
  process.entries.flatMap((entry): readonly Finding[] => {
    const subjects = APPROVED_BY[entry.type];
    return subjects === undefined || isApproved(process, entry, subjects)
      ? []
      : [
          {
            detector: 'unapproved-document',
            subject: `${entry.processId}#${entry.sequence}`,
            processIds: [process.processId],
            evidence: evidenceOf(entry),
            facts: { document: entry.type, number: numberOfDocument(entry) },
          },
        ];
  });

/** Subjects of the approvals that let a document go. */
const APPROVED_BY: { readonly [type: string]: readonly string[] } = {
  OrderCreated: ['order'],
  EntryPosted: ['expense'],
  PaymentRequested: ['payment', 'expense'],
};

function isApproved(process: WatchedProcess, document: RecordEntry, subjects: readonly string[]): boolean {
  const sentAgain = lastBefore(process, document, ({ type }) => RESUBMITTED.has(type))?.sequence ?? 0;
  const versions = process.entries.filter(({ sequence }) => sequence < document.sequence).map(versionRouted);
  const newest = Math.max(1, ...versions);
  const letGo = lastBefore(
    process,
    document,
    (entry) => isLetGo(entry, subjects) && entry.sequence > sentAgain && versionOf(entry) >= newest,
  );
  return letGo !== undefined;
}

/** What was asked for was changed: what comes of it is another version. */
const RESUBMITTED: ReadonlySet<string> = new Set(['RequisitionResubmitted', 'ClaimResubmitted']);

function versionRouted(entry: RecordEntry): number {
  return entry.type === 'ApprovalRouted' ? versionOf(entry) : 1;
}

/** Only first versions are let go by a rule, and such an entry names none. */
function versionOf(entry: RecordEntry): number {
  return Number(textOf(entry, 'documentVersion') || '1');
}

function isLetGo(entry: RecordEntry, subjects: readonly string[]): boolean {
  return entry.type === 'OrderReleasedByRule'
    ? subjects.includes('order')
    : entry.type === 'ApprovalClosed' &&
        textOf(entry, 'outcome') === 'approved' &&
        subjects.includes(textOf(entry, 'subject'));
}

function numberOfDocument(entry: RecordEntry): string {
  return textOf(entry, 'orderNumber') || textOf(entry, 'paymentNumber') || textOf(entry, 'entryNumber');
}

/** The same supplier's invoice twice: under the same number, as people write numbers. */
export const duplicateInvoice: Detector = (process, _rule, { invoices }) =>
  pairsOf(process, invoices)
    .filter(([one, other]) => hasSameNumber(one, other))
    .map((pair) => pairFinding('duplicate-invoice', pair));

/**
 * An invoice of the same supplier for nearly the same amount within the window, under another number, in another purchase.
 * `threshold`: by how many percent of the larger amount they may differ. Two that are each for exactly what their own order is
 * for are two purchases of the same; parts of one order may well be equal, too.
 */
export const similarInvoice: Detector = (process, { threshold, windowHours }, { invoices }) =>
  pairsOf(process, invoices)
    .filter(([one, other]) => !hasSameNumber(one, other) && isSimilar(one, other, threshold, windowHours))
    .map((pair) => pairFinding('similar-invoice', pair));

type Pair = readonly [InvoiceMark, InvoiceMark];

/** Each invoice of the process with each other of its supplier: the same pair whichever of both is looked at. */
function pairsOf({ processId }: WatchedProcess, invoices: readonly InvoiceMark[]): readonly Pair[] {
  const newest = newestBy(invoices, ({ invoiceId }) => invoiceId);
  return newest.flatMap((one, index) =>
    newest
      .slice(index + 1)
      .filter(
        (other) => other.supplierCode === one.supplierCode && [one, other].some((mark) => mark.processId === processId),
      )
      .map((other): Pair => (one.invoiceId < other.invoiceId ? [one, other] : [other, one])),
  );
}

function hasSameNumber(one: InvoiceMark, other: InvoiceMark): boolean {
  return numberOf(one.reference) !== '' && numberOf(one.reference) === numberOf(other.reference);
}

function isSimilar(one: InvoiceMark, other: InvoiceMark, percent: string, windowHours: number): boolean {
  const apart = Math.abs(Date.parse(one.invoiceDate) - Date.parse(other.invoiceDate));
  const [low, high] = compare(one.total, other.total) <= 0 ? [one.total, other.total] : [other.total, one.total];
  return (
    one.processId !== other.processId &&
    !(one.isAsOrdered && other.isAsOrdered) &&
    one.currency === other.currency &&
    apart <= windowHours * 3_600_000 &&
    compare(multiply(subtract(high, low), '100'), multiply(high, percent)) <= 0
  );
}

function pairFinding(detector: Finding['detector'], pair: Pair): Finding {
  return {
    detector,
    subject: [pair[0].supplierCode, ...pair.map(({ invoiceId }) => invoiceId)].join('#'),
    processIds: [...new Set(pair.map(({ processId }) => processId))].sort(),
    evidence: pair.map(({ processId, sequence }) => ({ processId, sequence })),
    facts: {
      supplier: pair[0].supplierCode,
      invoices: pair.map(({ invoiceId }) => invoiceId).join(', '),
      numbers: pair.map(({ reference }) => reference).join(', '),
      totals: pair.map(({ total, currency }) => `${total} ${currency}`).join(', '),
    },
  };
}

/**
 * One need in pieces: purchases of the same product from one supplier for one cost centre within the window, whoever asked,
 * each up to the threshold (company currency) and together above it. Pieces that were approved as one purchase are none.
 */
export const splitPurchase: Detector = (process, { threshold, windowHours }, { purchases }) => {
  const last = newestOf(purchases.filter((mark) => mark.processId === process.processId))[0];
  const routed = process.entries.findLast((one) => one.type === 'ApprovalRouted' && textOf(one, 'subject') === 'order');
  // The company's own rule may see the pieces, and have them approved for what they come to together.
  const isJudgedAsOne = routed !== undefined && compare(textOf(routed, 'amount'), threshold) > 0;
  if (last === undefined || routed === undefined || isJudgedAsOne || compare(last.amount, threshold) > 0) {
    return [];
  }
  const pieces = newestOf(purchases).filter(
    (mark) => mark.processId === last.processId || isPieceWith(last, mark, threshold, windowHours),
  );
  const total = sum(pieces.map(({ amount }) => amount));
  const first = pieces.toSorted(byTime)[0] ?? last;
  return pieces.length < 2 || compare(total, threshold) <= 0
    ? []
    : [
        {
          detector: 'split-purchase',
          subject: first.processId,
          processIds: pieces.map(({ processId }) => processId).sort(),
          evidence: [...pieces.map(({ processId, sequence }) => ({ processId, sequence })), ...evidenceOf(routed)],
          facts: {
            supplier: last.supplierCode,
            costCentre: last.costCentre,
            total,
            limit: threshold,
            requesters: [...new Set(pieces.map(({ requesterId }) => requesterId))].sort().join(', '),
          },
        },
      ];
};

/** Of each process the version that counts. */
function newestOf(purchases: readonly PurchaseMark[]): readonly PurchaseMark[] {
  return newestBy(purchases, ({ processId }) => processId);
}

function newestBy<Mark extends { readonly sequence: number }>(
  marks: readonly Mark[],
  keyOf: (mark: Mark) => string,
): readonly Mark[] {
  const newest = new Map<string, Mark>();
  for (const mark of marks) {
    const known = newest.get(keyOf(mark));
    if (known === undefined || known.sequence < mark.sequence) {
      newest.set(keyOf(mark), mark);
    }
  }
  return [...newest.values()];
}

function isPieceWith(last: PurchaseMark, other: PurchaseMark, limit: string, windowHours: number): boolean {
  const apart = Math.abs(Date.parse(last.at) - Date.parse(other.at));
  return (
    other.supplierCode === last.supplierCode &&
    other.costCentre === last.costCentre &&
    compare(other.amount, limit) <= 0 &&
    apart <= windowHours * 3_600_000 &&
    other.products.some((code) => last.products.includes(code))
  );
}

function byTime(one: PurchaseMark, other: PurchaseMark): number {
  return one.at === other.at ? (one.processId < other.processId ? -1 : 1) : one.at < other.at ? -1 : 1;
}
