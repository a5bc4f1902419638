/**
 * Breaches of the rules, each by a rule of the history's own that no detector knows: who does what, and what it takes for a
 * process to lend itself to it. Pure.
 */
import type { RecordEntry } from '../../functions/audit/domain/record.ts';
import { add, compare, multiply, roundToCurrency } from '../../functions/money/money.ts';
import { altered, withAdded, withFacts } from './altered-case.ts';
import type { ToldCase } from './telling.ts';

/** Who may decide about how much, for those who plant. */
export interface Crew {
  /** Highest amounts by employee id, in company currency. */
  readonly limits: ReadonlyMap<string, string>;
  /** Somebody whom nobody ever asks about anything. */
  readonly outsider: string;
}

/** What is planted into one process; undefined: it does not lend itself to it. */
export type Violation = (told: ToldCase, crew: Crew) => ToldCase | undefined;
/** As {@link Violation}, so that it goes against an earlier process, which stays as it is. */
export type PairViolation = (told: ToldCase, earlier: ToldCase) => ToldCase | undefined;

const CURRENCY = 'CNY';
const HOUR = 3_600_000;
/** Of the company: up to here a manager decides alone. */
const LIMIT = '5000';

/** Somebody without a limit says the last words about an order. */
const overAuthority: Violation = (told, { outsider }) =>
  isPaid(told) && requesterOf(told) !== outsider
    ? altered(told, (entry) => (isYes(entry, 'order') ? saidBy(entry, outsider) : entry))
    : undefined;

/** Whoever approved the order approves its payment. */
const segregationOfDuties: Violation = (told, { limits }) => {
  const [order, payment] = [told.findLast((one) => isYes(one, 'order')), told.filter((one) => isYes(one, 'payment'))];
  const who = textOf(order, 'employeeId');
  const isCovered = compare(limits.get(who) ?? '0', textOf(routedFor(told, 'payment'), 'amount') || LIMIT) >= 0;
  const isPlain = textOf(order, 'onBehalfOf') === '' && textOf(payment[0], 'onBehalfOf') === '';
  return isPaid(told) && payment.length === 1 && isCovered && isPlain
    ? altered(told, (entry) => (isYes(entry, 'payment') ? saidBy(entry, who) : entry))
    : undefined;
};

/** The order in the ERP is dearer than what was asked for. */
const dataMismatch: Violation = (told) => {
  const total = textOf(told.find(isOf('OrderCreated')), 'total');
  return isPaid(told) ? withFacts(told, 'OrderCreated', { total: add(total, '1000.00') }) : undefined;
};

/** The payment goes out although its approvers said no. */
const unapprovedDocument: Violation = (told) =>
  isPaid(told) && told.filter(isOf('PaymentRequested')).length === 1
    ? altered(told, (entry) =>
        entry.type === 'ApprovalClosed' && textOf(entry, 'subject') === 'payment'
          ? { ...entry, facts: { ...entry.facts, outcome: 'rejected' } }
          : entry,
      )
    : undefined;

/** Somebody says yes a second after the mail, and the rest follows as much sooner. */
const fastApproval: Violation = (told) => {
  const decision = told.find((entry) => isYes(entry, 'order'));
  const asked = told.findLast((entry) => entry.type === 'LevelOpened' && entry.sequence < (decision?.sequence ?? 0));
  if (!isPaid(told) || decision === undefined || asked === undefined || !isAsked(asked, decision)) {
    return undefined;
  }
  const at = Date.parse(asked.occurredAt) + 1000;
  const sooner = Date.parse(decision.occurredAt) - at;
  const timeOf = ({ sequence, occurredAt }: RecordEntry) =>
    sequence < decision.sequence ? Math.min(Date.parse(occurredAt), at) : Date.parse(occurredAt) - sooner;
  return altered(told, (entry) => ({ ...entry, occurredAt: new Date(timeOf(entry)).toISOString() }));
};

/** Somebody who is not asked tries it again and again while others think about it. */
const refusedAttempts: Violation = (told, { outsider }) => {
  const opened = told.find(isOf('LevelOpened'));
  const answered = told.find((entry) => entry.type === 'DecisionMade');
  const from = Date.parse(opened?.occurredAt ?? '');
  if (opened === undefined || answered === undefined || Date.parse(answered.occurredAt) - from < HOUR) {
    return undefined;
  }
  const { approvalId, subject, level, documentVersion } = opened.facts;
  const about = { approvalId, subject, level, documentVersion, action: 'approve', via: 'link' };
  return withAdded(
    told,
    [1, 2, 3, 4, 5, 6].map((minute) => ({
      type: 'DecisionRefused',
      actor: { kind: 'person', id: outsider },
      facts: { ...about, refusal: 'not-your-task', message: 'the level is for somebody else' },
      occurredAt: new Date(from + minute * 60_000).toISOString(),
    })),
  );
};

/** What a manager may not let go alone comes as two needs, the second soon after the first. */
const splitPurchase: PairViolation = (told, earlier) => {
  const [one, other] = [enrichedOf(earlier), enrichedOf(told)];
  const isSoon = Math.abs(Date.parse(other?.occurredAt ?? '') - Date.parse(one?.occurredAt ?? '')) < 24 * HOUR;
  const amounts = [baseTotalOf(one), baseTotalOf(other)];
  const isSmall = amounts.every((amount) => amount !== '' && compare(amount, LIMIT) <= 0);
  const isMuch = isSmall && compare(add(amounts[0] ?? '0', amounts[1] ?? '0'), LIMIT) > 0;
  const areOrdered = [earlier, told].every((each) => each.some(isOf('OrderCreated')));
  return isSoon && isMuch && areOrdered && sharesProduct(one, other)
    ? fromSupplierOf(earlier, told, ['supplierCode', 'costCentre'])
    : undefined;
};

/** The supplier's invoice is entered again, for another order. */
const duplicateInvoice: PairViolation = (told, earlier) =>
  isPaid(told) && isPaid(earlier) && isDearerBy(earlier, told, '1.5')
    ? withFacts(fromSupplierOf(earlier, told, ['supplierCode']), 'SupplierInvoiceReceived', {
        supplierReference: textOf(earlier.find(isOf('SupplierInvoiceReceived')), 'supplierReference').toLowerCase(),
      })
    : undefined;

/** The supplier's invoice comes under a second number, for nearly as much, and finds another order. */
const similarInvoice: PairViolation = (told, earlier) => {
  const invoice = earlier.find(isOf('SupplierInvoiceReceived'));
  return isPaid(told) && isPaid(earlier) && isDearerBy(earlier, told, '1.5')
    ? withFacts(fromSupplierOf(earlier, told, ['supplierCode']), 'SupplierInvoiceReceived', {
        total: roundToCurrency(multiply(textOf(invoice, 'total'), '1.002'), CURRENCY),
        invoiceDate: textOf(invoice, 'invoiceDate'),
      })
    : undefined;
};

/** By the detector that is to find them. */
export const VIOLATIONS: { readonly [detector: string]: Violation } = {
  'over-authority': overAuthority,
  'segregation-of-duties': segregationOfDuties,
  'data-mismatch': dataMismatch,
  'unapproved-document': unapprovedDocument,
  'fast-approval': fastApproval,
  'refused-attempts': refusedAttempts,
};

/** As {@link VIOLATIONS}, of two processes. */
export const PAIR_VIOLATIONS: { readonly [detector: string]: PairViolation } = {
  'split-purchase': splitPurchase,
  'duplicate-invoice': duplicateInvoice,
  'similar-invoice': similarInvoice,
};

function isOf(type: string) {
  return (entry: RecordEntry) => entry.type === type;
}

function textOf(entry: RecordEntry | undefined, name: string): string {
  const value = entry?.facts[name];
  return typeof value === 'string' ? value : '';
}

/** It went through at once, with one invoice, so that what is planted is all that is wrong with it. */
function isPaid(told: ToldCase): boolean {
  const closed = told.find(isOf('PurchaseClosed'));
  return (
    textOf(closed, 'outcome') === 'paid' &&
    told.filter(isOf('SupplierInvoiceReceived')).length === 1 &&
    enrichedOf(told) !== undefined
  );
}

function requesterOf([first]: ToldCase): string {
  return textOf(first, 'requesterId');
}

function isYes(entry: RecordEntry, subject: string): boolean {
  return entry.type === 'DecisionMade' && textOf(entry, 'subject') === subject && textOf(entry, 'action') === 'approve';
}

function saidBy(entry: RecordEntry, employeeId: string): RecordEntry {
  return { ...entry, actor: { kind: 'person', id: employeeId }, facts: { ...entry.facts, employeeId } };
}

function routedFor(told: ToldCase, subject: string): RecordEntry | undefined {
  return told.findLast((entry) => entry.type === 'ApprovalRouted' && textOf(entry, 'subject') === subject);
}

function isAsked({ facts }: RecordEntry, decision: RecordEntry): boolean {
  return Array.isArray(facts.approverIds) && facts.approverIds.includes(textOf(decision, 'employeeId'));
}

/** Undefined: it has several versions, or none. */
function enrichedOf(told: ToldCase): RecordEntry | undefined {
  const [only, ...others] = told.filter(isOf('RequisitionEnriched'));
  return others.length === 0 ? only : undefined;
}

function baseTotalOf(enriched: RecordEntry | undefined): string {
  const total = enriched?.facts.baseTotal;
  return typeof total === 'object' && total !== null && 'amount' in total ? String(total.amount) : '';
}

function sharesProduct(one: RecordEntry | undefined, other: RecordEntry | undefined): boolean {
  const codes = codesOf(other);
  return codesOf(one).some((code) => codes.includes(code));
}

function codesOf(enriched: RecordEntry | undefined): readonly string[] {
  const lines = enriched?.facts.onHand;
  return Array.isArray(lines)
    ? lines.flatMap((line) => (typeof line === 'object' && line !== null && 'code' in line ? [String(line.code)] : []))
    : [];
}

/** Invoices that differ by so much are of no one paper by chance. */
function isDearerBy(earlier: ToldCase, told: ToldCase, times: string): boolean {
  const [one, other] = [earlier, told].map((each) => textOf(each.find(isOf('SupplierInvoiceReceived')), 'total'));
  return one !== undefined && other !== undefined && compare(one, multiply(other, times)) > 0;
}

/** The whole process goes to the supplier, or to the cost centre too, of the earlier one. */
function fromSupplierOf(earlier: ToldCase, told: ToldCase, names: readonly string[]): ToldCase {
  const validated = earlier.find(isOf('RequisitionValidated'));
  const facts = Object.fromEntries(names.map((name) => [name, textOf(validated, name)]));
  return altered(told, (entry) => {
    const own = Object.keys(facts).filter((name) => entry.facts[name] !== undefined);
    const changed = Object.fromEntries(own.map((name) => [name, facts[name] ?? '']));
    const { filed } = entry.facts;
    const refiled = typeof filed === 'object' && filed !== null ? { filed: { ...filed, ...facts } } : {};
    return { ...entry, facts: { ...entry.facts, ...changed, ...refiled } };
  });
}
