/** Which kind of process an entry begins, and which phase of it an entry leads to. Phases are named as the heads of processes name them. Pure. */
import { type ReadEntry, textFact } from './facts.ts';

/** Names of the machines, by the entry that each process begins with. Records of another kind have no course. */
const KINDS: { readonly [type: string]: string } = {
  RequisitionRegistered: 'procure-to-pay',
  ClaimRegistered: 'expense-to-posting',
  LeaveRequestRegistered: 'leave-request',
  OfficeRequestRegistered: 'office-request',
  EngineeringChangeRegistered: 'engineering-change',
  ReplenishmentOpened: 'replenishment',
  PayrollRunOpened: 'payroll-run',
  DifferenceOpened: 'attendance-difference',
  PayslipOpened: 'payslip',
};

/** What people are asked about, in every process. */
const ASKED: { readonly [subject: string]: string } = {
  order: 'Order approval',
  payment: 'Payment approval',
  'invoice-mismatch': 'Three-way match',
  expense: 'Expense approval',
  'expense-exception': 'Expense review',
  leave: 'Leave approval',
  office: 'Office approval',
  'engineering-change': 'Change approval',
  operator: 'Waiting for an operator',
};

const WAITED: { readonly [wait: string]: string } = {
  rework: 'Rework',
  hold: 'On hold',
  'goods-receipt': 'Goods receipt',
  'supplier-invoice': 'Supplier invoice',
  payment: 'Payment',
  'leave-start': 'Approved leave',
  'leave-end': 'Leave',
  'effective-date': 'Approved change',
  payroll: 'Payroll',
  payslip: 'Payslip',
};

/** Entries that lead to one phase whatever stands in them. */
const REACHED: { readonly [type: string]: string } = {
  RequisitionRegistered: 'Registration',
  ClaimRegistered: 'Registration',
  LeaveRequestRegistered: 'Registration',
  OfficeRequestRegistered: 'Registration',
  EngineeringChangeRegistered: 'Registration',
  ReplenishmentOpened: 'Stock',
  PayrollRunOpened: 'Attendance',
  DifferenceOpened: 'Attendance',
  PayslipOpened: 'Payroll',
  RequisitionValidated: 'Validation',
  ClaimChecked: 'Validation',
  LeaveRequestChecked: 'Checks',
  OfficeRequestChecked: 'Checks',
  EngineeringChangeChecked: 'Checks',
  ReplenishmentProposed: 'Purchase',
  OrderCreated: 'Order',
  InvoicesMismatched: 'Three-way match',
  CorrectionRequested: 'Supplier invoice',
  InvoicesMatched: 'Payment approval',
  PaymentRequested: 'Payment',
  EntryPosted: 'Posting',
  AbsenceRecorded: 'Approved leave',
  AbsenceShortened: 'Leave',
  BomVersionPrepared: 'Approved change',
  DocumentNumbered: 'Numbered',
  PayrollPointsOpened: 'Differences',
  PayrollFiguresHandedOver: 'Handed over',
  PayslipPublished: 'Payslip',
  PurchaseClosed: 'Closed',
  ClaimClosed: 'Closed',
  LeaveRequestClosed: 'Closed',
  OfficeRequestClosed: 'Closed',
  EngineeringChangeClosed: 'Closed',
  ReplenishmentClosed: 'Closed',
  PayrollRunClosed: 'Closed',
  DifferenceClosed: 'Closed',
  PayslipClosed: 'Closed',
};

/** Every phase that a course can have. */
export const PHASES: readonly string[] = [
  ...new Set([ASKED, WAITED, REACHED].flatMap((names) => Object.values(names))),
];

/** Every kind of process that has a course. */
export const COURSE_KINDS: readonly string[] = Object.values(KINDS);

/** The kind of process that begins with the entry; undefined: none does. */
export function kindOf(first: Pick<ReadEntry, 'type'>): string | undefined {
  return KINDS[first.type];
}

/** The phase that the process is in from the entry on; undefined: it stays where it is. */
export function phaseReached({ type, facts }: ReadEntry): string | undefined {
  switch (type) {
    case 'ApprovalRouted':
      return ASKED[textFact(facts, 'subject')];
    case 'WaitOpened':
      return WAITED[textFact(facts, 'kind')];
    default:
      return REACHED[type];
  }
}
