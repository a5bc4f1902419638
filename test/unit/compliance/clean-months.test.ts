import { beforeAll, describe, expect, it } from 'vitest';
import type { RecordEntry } from '../../../functions/audit/domain/record.ts';
import { verifyChain } from '../../../functions/audit/domain/record.ts';
import {
  detect,
  RECORD_DETECTORS,
  type RecordDetector,
  type RecordRules,
} from '../../../functions/compliance/domain/detect.ts';
import { listsToCompare, type Mark, marksOf, standingMarks } from '../../../functions/compliance/domain/marks.ts';
import type { WatchedProcess } from '../../../functions/compliance/domain/watched.ts';
import { compareClaim } from '../../../functions/reconciliation/domain/compare-claim.ts';
import { comparePurchase, type PurchaseBooks } from '../../../functions/reconciliation/domain/compare-purchase.ts';
import { recordedClaim } from '../../../functions/reconciliation/domain/recorded-claim.ts';
import { recordedPurchase } from '../../../functions/reconciliation/domain/recorded-purchase.ts';
import { unknownDocument } from '../../../functions/reconciliation/domain/unknown-document.ts';
import { generateHistory } from '../../../local/history/generate.ts';
import { type Planted, plantViolations } from '../../../local/history/plant-violations.ts';
import { companyPolicies, directoryData } from '../../support/purchase-company.ts';
import { booksOf, claimBooksOf, documentsOf } from '../reconciliation/books-of.ts';

const LIMITS = new Map(
  directoryData.people.flatMap(({ employeeId, approvalLimit }) =>
    approvalLimit === undefined ? [] : [[employeeId, approvalLimit] as const],
  ),
);
/** As the table that comes with Meridian has it. */
const LONGEST_WINDOW = 72;

/** A month of the demonstration's company, in which nothing breaks a rule. */
const month: (readonly RecordEntry[])[] = [];

beforeAll(async () => {
  for await (const told of generateHistory({
    from: '2026-03-02',
    months: 1,
    seed: 11,
    scale: 1,
  })) {
    month.push(told);
  }
}, 120_000);

/** What the detectors find in all processes, by the rules that come with Meridian. */
async function findingsOf(history: readonly (readonly RecordEntry[])[]) {
  const processes = history.map(processOf);
  const byList = new Map<string, Mark[]>();
  for (const { list, mark } of processes.flatMap(marksOf)) {
    byList.set(list, [...(byList.get(list) ?? []), mark]);
  }
  const found = await Promise.all(
    processes.map(async (process) => {
      const lists = new Set(marksOf(process).flatMap((placed) => listsToCompare(placed, LONGEST_WINDOW)));
      const standing = standingMarks([...lists].flatMap((list) => byList.get(list) ?? []));
      return detect(process, await rulesFor(process.kind), {
        approvalLimits: LIMITS,
        purchases: standing.filter((mark) => mark.kind === 'purchase'),
        invoices: standing.filter((mark) => mark.kind === 'invoice'),
        refusals: standing.filter((mark) => mark.kind === 'refusal'),
      });
    }),
  );
  return found.flat();
}

function processOf(entries: readonly RecordEntry[]): WatchedProcess {
  const [first] = entries;
  return {
    processId: first?.processId ?? '',
    kind: KINDS[first?.type ?? ''] ?? 'procure-to-pay',
    requesterId: String(first?.facts.requesterId ?? ''),
    entries,
  };
}

/** By the first entry. */
const KINDS: { readonly [type: string]: string } = {
  ClaimRegistered: 'expense-to-posting',
  LeaveRequestRegistered: 'leave-request',
  OfficeRequestRegistered: 'office-request',
};

async function rulesFor(process: string): Promise<RecordRules> {
  const names = Object.keys(RECORD_DETECTORS) as RecordDetector[];
  const rules = await Promise.all(
    names.map(async (detector) => [detector, await companyPolicies.complianceRule({ detector, process })] as const),
  );
  return Object.fromEntries(rules) as RecordRules;
}

/** The month with one process changed. */
function withOne(
  isWanted: (entries: readonly RecordEntry[]) => boolean,
  change: (entries: readonly RecordEntry[]) => readonly RecordEntry[],
) {
  const index = month.findIndex(isWanted);
  expect(index, 'the month has such a process').toBeGreaterThanOrEqual(0);
  return month.map((entries, at) => (at === index ? change(entries) : entries));
}

const has = (type: string) => (entries: readonly RecordEntry[]) => entries.some((entry) => entry.type === type);
const changed =
  (type: string, facts: (entry: RecordEntry) => RecordEntry['facts']) => (entries: readonly RecordEntry[]) =>
    entries.map((entry) => (entry.type === type ? { ...entry, facts: { ...entry.facts, ...facts(entry) } } : entry));

/** What an auditor finds in books that have what was recorded, but for a change. */
function audited(change: (books: PurchaseBooks) => PurchaseBooks = (books) => books): readonly string[] {
  return month.flatMap((entries) => {
    const process = { ...processOf(entries), isEnded: entries.some(({ type }) => type.endsWith('Closed')) };
    const differing = [purchaseDifferences(entries, change), claimDifferences(entries)].flat();
    const unknown = documentsOf(entries).flatMap((document) => unknownDocument(document, process) ?? []);
    return [...differing, ...unknown.map(({ facts }) => facts.number)].map((what) => `${process.processId} ${what}`);
  });
}

/** Of the shares that {@link booksOf} reckons: they do not come out even. */
const TOLERANCE = { pricePercent: '0', lineAmount: '0.05', quantityPercent: '0.01' };

function purchaseDifferences(entries: readonly RecordEntry[], change: (books: PurchaseBooks) => PurchaseBooks) {
  const record = recordedPurchase(entries);
  return record === undefined
    ? []
    : comparePurchase(record, change(booksOf(entries)), TOLERANCE).map(({ field }) => field);
}

function claimDifferences(entries: readonly RecordEntry[]) {
  const record = recordedClaim(entries, undefined);
  return record === undefined ? [] : compareClaim(record, claimBooksOf(entries)).map(({ field }) => field);
}

describe('a month in which nothing breaks a rule', () => {
  it('agrees with the books of the ERP, and every document in them is of a process', () => {
    const documents = month.flatMap(documentsOf);
    expect(new Set(documents.map(({ section }) => section))).toEqual(new Set(['orders', 'payments', 'entries']));
    expect(audited()).toEqual([]);
  });

  it('differs from books in which one order was made dearer, and in nothing else', () => {
    const [first] = month.filter(has('OrderCreated'));
    const order = booksOf(first ?? []).order?.orderNumber;
    const dearer = (books: PurchaseBooks): PurchaseBooks =>
      books.order === undefined || books.order.orderNumber !== order
        ? books
        : {
            ...books,
            order: { ...books.order, lines: books.order.lines.map((line) => ({ ...line, unitPrice: '1' })) },
          };

    const found = audited(dearer);

    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found)).toEqual(new Set([`${first?.[0]?.processId} unit-price`]));
  });

  it('raises no case', async () => {
    expect(month.length).toBeGreaterThan(150);
    expect(await findingsOf(month)).toEqual([]);
  });

  it.each([
    ['over-authority', has('OrderCreated'), changed('ApprovalRouted', () => ({ amount: '900000000' }))],
    [
      'segregation-of-duties',
      has('OrderCreated'),
      changed('DecisionMade', () => ({ onBehalfOf: undefined, employeeId: 'E-NOBODY' })),
    ],
    ['data-mismatch', has('OrderCreated'), changed('OrderCreated', () => ({ total: '0.01' }))],
    ['unapproved-document', has('PaymentRequested'), changed('ApprovalClosed', () => ({ outcome: 'rejected' }))],
  ] as const)(
    'raises a case of %s where one is planted, and no other process is named',
    async (detector, isWanted, change) => {
      const planted = withOne(isWanted, (entries) => {
        const altered = change(entries);
        const requester = String(entries[0]?.facts.requesterId);
        return detector === 'segregation-of-duties'
          ? altered.map((entry) =>
              entry.type === 'DecisionMade' ? { ...entry, facts: { ...entry.facts, employeeId: requester } } : entry,
            )
          : altered;
      });
      const findings = await findingsOf(planted);

      expect(findings.map((finding) => finding.detector)).toContain(detector);
      expect(new Set(findings.flatMap(({ processIds }) => processIds)).size).toBe(1);
    },
  );
});

describe('months into which the history plants breaches by rules of its own', () => {
  const planted: Planted[] = [];
  const told: (readonly RecordEntry[])[] = [];

  beforeAll(async () => {
    const history = generateHistory({ from: '2026-03-02', months: 2, seed: 11, scale: 1 });
    for await (const one of plantViolations(history, { each: 2, seed: 3, onPlanted: (one) => planted.push(one) })) {
      told.push(one);
    }
  }, 240_000);

  it('have two of each kind that the record alone shows, in chains that hold', () => {
    expect(planted.map(({ detector }) => detector).sort()).toEqual(
      Object.keys(RECORD_DETECTORS)
        .flatMap((detector) => [detector, detector])
        .sort(),
    );
    expect(told.flatMap((entries) => verifyChain(entries[0]?.processId ?? '', entries))).toEqual([]);
  });

  it('let each detector find exactly what was planted for it', async () => {
    const found = (await findingsOf(told)).map(({ detector, processIds }) => `${detector} ${processIds.join(' ')}`);

    expect([...new Set(found)].sort()).toEqual(
      planted.map(({ detector, processIds }) => `${detector} ${processIds.join(' ')}`).sort(),
    );
  });
});
