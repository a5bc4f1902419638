/** Records as processes write them, and the rules that they are looked at by. */
import { chainEntries, EMPTY_CHAIN, type NewEntry, type RecordEntry } from '../../../functions/audit/domain/record.ts';
import { detect, RECORD_DETECTORS, type RecordRules } from '../../../functions/compliance/domain/detect.ts';
import type { ComplianceRule, DetectorName, Finding } from '../../../functions/compliance/domain/finding.ts';
import { type Mark, marksOf, standingMarks } from '../../../functions/compliance/domain/marks.ts';
import type { WatchedProcess } from '../../../functions/compliance/domain/watched.ts';

/** An entry and the minutes after the beginning of the record at which it was written. */
export interface Written extends Pick<NewEntry, 'type' | 'facts'> {
  readonly actor?: NewEntry['actor'];
  readonly minute?: number;
}

const BEGIN = Date.parse('2026-03-02T01:00:00.000Z');

/** An instant of the records. */
export function at(minute: number): Date {
  return new Date(BEGIN + minute * 60_000);
}

/** A record; each entry is written a day after the one before unless it says when. */
function recordOf(processId: string, written: readonly Written[]): readonly RecordEntry[] {
  let head = EMPTY_CHAIN;
  return written.flatMap(({ actor = { kind: 'meridian', id: 'test' }, minute, ...entry }, index) => {
    const chained = chainEntries(processId, head, [{ ...entry, actor }], {
      now: at(minute ?? index * 24 * 60),
      newSalt: () => 'salt',
    });
    head = chained.head;
    return chained.entries;
  });
}

export function processOf(
  processId: string,
  written: readonly Written[],
  { kind = 'procure-to-pay', requesterId = 'E-1001' } = {},
): WatchedProcess {
  return { processId, kind, requesterId, entries: recordOf(processId, written) };
}

const RULE: ComplianceRule = {
  severity: 'high',
  action: 'hold',
  warnBy: ['mail'],
  ownerPost: 'compliance-officer',
  deadlineDays: 3,
  threshold: '0',
  windowHours: 72,
};

/** Thresholds as the table that comes with Meridian has them. */
const THRESHOLDS: { readonly [name in DetectorName]?: string } = {
  'fast-approval': '5',
  'refused-attempts': '5',
  'similar-invoice': '1',
  'split-purchase': '5000',
};

const RULES = Object.fromEntries(
  Object.keys(RECORD_DETECTORS).map((name) => [
    name,
    { ...RULE, threshold: THRESHOLDS[name as DetectorName] ?? '0', windowHours: name === 'refused-attempts' ? 1 : 72 },
  ]),
) as RecordRules;

/** What is found in the first of the processes, with what the marks of all of them say. */
export function findingsIn(
  processes: readonly WatchedProcess[],
  limits: { readonly [employeeId: string]: string } = {},
  rules: RecordRules = RULES,
): readonly Finding[] {
  const [process] = processes;
  return process === undefined
    ? []
    : detect(process, rules, surroundingsOf(processes.flatMap(marksIn), new Map(Object.entries(limits))));
}

export function marksIn(process: WatchedProcess): readonly Mark[] {
  return marksOf(process).map(({ mark }) => mark);
}

function surroundingsOf(marks: readonly Mark[], approvalLimits: ReadonlyMap<string, string>) {
  const standing = standingMarks(marks);
  return {
    approvalLimits,
    purchases: standing.filter((mark) => mark.kind === 'purchase'),
    invoices: standing.filter((mark) => mark.kind === 'invoice'),
    refusals: standing.filter((mark) => mark.kind === 'refusal'),
  };
}

/** Names of the detectors that found something. */
export function found(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ detector }) => detector);
}

export const routed = (subject: string, amount: string, more: object = {}): Written => ({
  type: 'ApprovalRouted',
  facts: { approvalId: `${subject}-1`, subject, amount, excluded: [], ...more },
});
export const opened = (subject: string, approverIds: readonly string[], minute?: number): Written => ({
  type: 'LevelOpened',
  facts: { approvalId: `${subject}-1`, subject, level: 0, approverIds: [...approverIds] },
  ...(minute === undefined ? {} : { minute }),
});
export const approved = (subject: string, employeeId: string, minute?: number, more: object = {}): Written => ({
  type: 'DecisionMade',
  actor: { kind: 'person', id: employeeId },
  facts: { approvalId: `${subject}-1`, subject, level: 0, employeeId, action: 'approve', via: 'link', ...more },
  ...(minute === undefined ? {} : { minute }),
});
export const closed = (subject: string, outcome = 'approved', more: object = {}): Written => ({
  type: 'ApprovalClosed',
  facts: { approvalId: `${subject}-1`, subject, outcome, cause: 'decision', ...more },
});
export const refused = (employeeId: string, minute: number, refusal = 'not-your-task'): Written => ({
  type: 'DecisionRefused',
  actor: { kind: 'person', id: employeeId },
  facts: { approvalId: 'order-1', subject: 'order', refusal, message: '' },
  minute,
});
export const registered = (total = '4000.00', currency = 'CNY'): Written => ({
  type: 'RequisitionRegistered',
  facts: { requesterId: 'E-1001', filed: { title: 'Chairs', total, currency } },
});
export const validated = (total = '4000.00', more: object = {}): Written => ({
  type: 'RequisitionValidated',
  facts: { supplierCode: 'SUP-001', costCentre: 'CC-100', total, currency: 'CNY', ...more },
});
export const enriched = (amount = '4000.00', products: readonly string[] = ['P-1'], minute?: number): Written => ({
  type: 'RequisitionEnriched',
  facts: { baseTotal: { amount, currency: 'CNY' }, onHand: products.map((code) => ({ code, onHand: '0' })) },
  ...(minute === undefined ? {} : { minute }),
});
export const ordered = (total = '4000.00'): Written => ({
  type: 'OrderCreated',
  facts: { key: 'k-order', orderNumber: 'PO-1', total, currency: 'CNY' },
});
export const invoiced = (
  invoiceId: string,
  { reference = invoiceId, total = '4000.00', date = '2026-03-10', currency = 'CNY' } = {},
): Written => ({
  type: 'SupplierInvoiceReceived',
  facts: { invoiceId, orderNumber: 'PO-1', supplierReference: reference, invoiceDate: date, currency, total },
});
