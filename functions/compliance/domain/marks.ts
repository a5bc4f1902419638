/**
 * What is remembered of a record so that records of other processes can be compared with it. Each mark follows from one entry
 * and never changes, so that writing it twice, late or at the same time as another is the same. Pure.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { RecordEntry } from '../../audit/domain/record.ts';
import { compare, subtract } from '../../money/money.ts';
import { attemptOf, isOnOthersRequest } from './attempts.ts';
import { CASE_KIND } from './case-state.ts';
import type { WatchedProcess } from './watched.ts';

/** A purchase as its requisition was checked. */
export interface PurchaseMark {
  readonly kind: 'purchase';
  readonly processId: string;
  readonly sequence: number;
  readonly supplierCode: string;
  readonly costCentre: string;
  readonly requesterId: string;
  /** Company currency. */
  readonly amount: string;
  readonly products: readonly string[];
  /** ISO 8601 in UTC. */
  readonly at: string;
}

/** A supplier's invoice as it was entered. */
export interface InvoiceMark {
  readonly kind: 'invoice';
  readonly processId: string;
  readonly sequence: number;
  readonly supplierCode: string;
  readonly invoiceId: string;
  /** The number on the supplier's paper. */
  readonly reference: string;
  readonly invoiceDate: string;
  readonly total: string;
  readonly currency: string;
  /** Without tax it is for exactly what its order is for. */
  readonly isAsOrdered: boolean;
}

/** An attempt that did not count. */
export interface RefusalMark {
  readonly kind: 'refusal';
  /** It stands in a record that is of no process, or in that of a case. */
  readonly isAside?: true;
  readonly processId: string;
  readonly sequence: number;
  readonly employeeId: string;
  readonly refusal: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
}

/** The purchase came to nothing, or the invoice was cancelled: what was marked before counts no more. */
export interface VoidMark {
  readonly kind: 'void';
  readonly processId: string;
  readonly sequence: number;
  /** Undefined: all that the process marked. */
  readonly invoiceId?: string;
}

export type Mark = PurchaseMark | InvoiceMark | RefusalMark | VoidMark;

/** A mark and the list that it stands on. */
export interface PlacedMark {
  /** Marks of one list are read together; no list grows with the age of the installation. */
  readonly list: string;
  readonly mark: Mark;
}

const ENDED_WITHOUT: ReadonlySet<string> = new Set([
  'refused',
  'rejected',
  'withdrawn',
  'cancelled',
  'expired',
  'recovered',
]);

const validatedSchema = z.object({ supplierCode: z.string(), costCentre: z.string() });
const enrichedSchema = z.object({
  baseTotal: z.object({ amount: z.string() }),
  onHand: z.array(z.object({ code: z.string() })).catch([]),
});
const invoiceSchema = z.object({
  invoiceId: z.string(),
  supplierReference: z.string(),
  invoiceDate: z.string(),
  total: z.string(),
  tax: z.string().default('0'),
  currency: z.string(),
});
const orderedSchema = z.object({ total: z.string(), currency: z.string() });

/** All marks of a record, each on every list that it may be looked for on. */
export function marksOf(process: WatchedProcess): readonly PlacedMark[] {
  const placed = process.entries.flatMap((entry) => marksOfEntry(process, entry));
  return [...placed, ...voidsOf(process, placed)];
}

function marksOfEntry(process: WatchedProcess, entry: RecordEntry): readonly PlacedMark[] {
  switch (entry.type) {
    case 'RequisitionEnriched':
      return purchaseMarks(process, entry);
    case 'SupplierInvoiceReceived':
      return invoiceMarks(process, entry);
    default:
      return refusalMarks(process, entry);
  }
}

function purchaseMarks({ requesterId, entries }: WatchedProcess, entry: RecordEntry): readonly PlacedMark[] {
  const validated = validatedBefore(entries, entry);
  const enriched = enrichedSchema.safeParse(entry.facts).data;
  if (validated === undefined || enriched === undefined) {
    return [];
  }
  const mark: PurchaseMark = {
    kind: 'purchase',
    ...placeOf(entry),
    ...validated,
    requesterId,
    amount: enriched.baseTotal.amount,
    products: enriched.onHand.map(({ code }) => code),
    at: entry.occurredAt,
  };
  return [{ list: purchaseList(mark, mark.at), mark }];
}

function invoiceMarks({ entries }: WatchedProcess, entry: RecordEntry): readonly PlacedMark[] {
  const supplierCode = validatedBefore(entries, entry)?.supplierCode;
  const invoice = invoiceSchema.safeParse(entry.facts).data;
  if (supplierCode === undefined || invoice === undefined) {
    return [];
  }
  const { supplierReference: reference, tax, ...rest } = invoice;
  const order = orderedSchema.safeParse(entries.find(({ type }) => type === 'OrderCreated')?.facts).data;
  const isAsOrdered = order?.currency === invoice.currency && compare(order.total, subtract(invoice.total, tax)) === 0;
  const mark: InvoiceMark = { kind: 'invoice', ...placeOf(entry), supplierCode, reference, isAsOrdered, ...rest };
  const byNumber = numberOf(reference) === '' ? [] : [{ list: numberList(mark), mark }];
  return [...byNumber, { list: invoiceList(mark, mark.invoiceDate), mark }];
}

function refusalMarks({ processId, kind }: WatchedProcess, entry: RecordEntry): readonly PlacedMark[] {
  const attempt = attemptOf(entry);
  if (attempt === undefined) {
    return [];
  }
  // Records of no process are named as what they are of.
  // Neither is a request stopped because others tried to act on it.
  const isAside = kind === processId || kind === CASE_KIND || isOnOthersRequest(entry);
  const mark: RefusalMark = {
    kind: 'refusal',
    ...(isAside ? { isAside } : {}),
    ...placeOf(entry),
    ...attempt,
    at: entry.occurredAt,
  };
  return [{ list: refusalList(mark.employeeId, mark.at), mark }];
}

/** On every list that the process stands on, so that whoever reads one list knows what of it counts. */
function voidsOf({ entries }: WatchedProcess, placed: readonly PlacedMark[]): readonly PlacedMark[] {
  const listsOf = (kind: Mark['kind'], invoiceId?: string) => [
    ...new Set(
      placed
        .filter(({ mark }) => mark.kind === kind && (mark.kind !== 'invoice' || mark.invoiceId === invoiceId))
        .map(({ list }) => list),
    ),
  ];
  return entries.flatMap((entry): readonly PlacedMark[] => {
    if (entry.type === 'SupplierInvoiceCancelled' && typeof entry.facts.invoiceId === 'string') {
      const { invoiceId } = entry.facts;
      const mark: VoidMark = { kind: 'void', ...placeOf(entry), invoiceId };
      return listsOf('invoice', invoiceId).map((list) => ({ list, mark }));
    }
    if (entry.type === 'PurchaseClosed' && ENDED_WITHOUT.has(String(entry.facts.outcome))) {
      return listsOf('purchase').map((list) => ({ list, mark: { kind: 'void', ...placeOf(entry) } }));
    }
    return [];
  });
}

/** The lists that hold whatever could belong to a mark. */
export function listsToCompare({ mark }: PlacedMark, windowHours: number): readonly string[] {
  switch (mark.kind) {
    case 'purchase':
      return monthsAround(mark.at, windowHours).map((month) => purchaseList(mark, month));
    case 'invoice':
      return [
        numberList(mark),
        ...monthsAround(mark.invoiceDate, windowHours).map((month) => invoiceList(mark, month)),
      ];
    case 'refusal':
      return [
        ...new Set(
          [-windowHours, 0, windowHours].map((hours) => refusalList(mark.employeeId, shifted(mark.at, hours))),
        ),
      ];
    case 'void':
      return [];
  }
}

/** Marks that count, each once, in the order of their records. */
export function standingMarks(marks: readonly Mark[]): readonly Exclude<Mark, VoidMark>[] {
  const voids = marks.filter((mark) => mark.kind === 'void');
  const isVoid = (mark: Exclude<Mark, VoidMark>) =>
    voids.some(
      ({ processId, sequence, invoiceId }) =>
        processId === mark.processId &&
        sequence > mark.sequence &&
        (invoiceId === undefined ? mark.kind === 'purchase' : mark.kind === 'invoice' && mark.invoiceId === invoiceId),
    );
  const standing = new Map<string, Exclude<Mark, VoidMark>>();
  for (const mark of marks) {
    if (mark.kind !== 'void' && !isVoid(mark)) {
      standing.set(`${mark.processId}#${String(mark.sequence).padStart(8, '0')}`, mark);
    }
  }
  return [...standing].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, mark]) => mark);
}

/** The letters and digits of a number on paper, without what people add or leave out: blanks, dashes, leading noughts. */
export function numberOf(reference: string): string {
  return reference
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/^0+/u, '');
}

function placeOf({ processId, sequence }: RecordEntry) {
  return { processId, sequence };
}

function validatedBefore(entries: readonly RecordEntry[], { sequence }: RecordEntry) {
  const validated = entries.findLast((entry) => entry.type === 'RequisitionValidated' && entry.sequence < sequence);
  return validatedSchema.safeParse(validated?.facts).data;
}

function purchaseList({ supplierCode, costCentre }: PurchaseMark, at: string): string {
  return `PURCHASE#${digestOf(supplierCode, costCentre)}#${at.slice(0, 7)}`;
}

function invoiceList({ supplierCode }: InvoiceMark, date: string): string {
  return `INVOICE#${digestOf(supplierCode)}#${date.slice(0, 7)}`;
}

function numberList({ supplierCode, reference }: InvoiceMark): string {
  return `NUMBER#${digestOf(supplierCode, numberOf(reference))}`;
}

function refusalList(employeeId: string, at: string): string {
  return `REFUSAL#${employeeId}#${at.slice(0, 10)}`;
}

/** Codes are the ERP's own: they may hold any character. */
function digestOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);
}

function monthsAround(at: string, windowHours: number): readonly string[] {
  const months = [-windowHours, 0, windowHours].map((hours) => shifted(at, hours).slice(0, 7));
  return [...new Set(months)];
}

/** ISO 8601 in UTC. */
function shifted(at: string, hours: number): string {
  return new Date(Date.parse(at) + hours * 3_600_000).toISOString();
}
