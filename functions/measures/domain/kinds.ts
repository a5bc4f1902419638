/**
 * The processes that are measured, and every value that a dimension of a metric can have: CloudWatch charges for each
 * combination that it ever sees, so none of them comes from what people write. Pure data.
 */

/** In both languages. */
export interface Words {
  readonly en: string;
  readonly zh: string;
}

/** What one kind of process can show. Phases and nodes are named as the heads of processes name their phases. */
export interface MeasuredKind {
  readonly name: Words;
  /** In the order in which a process without detours comes to them. */
  readonly phases: readonly string[];
  /** Those of {@link phases} in which somebody, or another system, is waited for. */
  readonly nodes: readonly string[];
  readonly outcomes: readonly string[];
  /** Its documents have an amount. */
  readonly hasMoney: boolean;
}

/** In place of a value that is in no list: of a later version of the record, or of a level that a company named itself. */
export const OTHER = 'other';

const STANDSTILLS = ['On hold', 'Waiting for an operator'] as const;
const REFUSALS = ['rejected', 'withdrawn', 'refused', 'cancelled', 'expired'] as const;

const both = (en: string, zh: string): Words => ({ en, zh });

/** By the name of the state machine. */
export const MEASURED_KINDS = {
  'procure-to-pay': {
    name: both('Purchase to payment', '采购到付款'),
    phases: [
      ...['Registration', 'Validation', 'Order approval', 'Rework', 'Order', 'Goods receipt', 'Supplier invoice'],
      ...['Three-way match', 'Payment approval', 'Payment', ...STANDSTILLS],
    ],
    nodes: [
      ...['Order approval', 'Rework', 'Goods receipt', 'Supplier invoice', 'Three-way match', 'Payment approval'],
      ...['Payment', ...STANDSTILLS],
    ],
    outcomes: ['paid', ...REFUSALS, 'recovered'],
    hasMoney: true,
  },
  'expense-to-posting': {
    name: both('Expense claim to posting', '报销到入账'),
    phases: [
      ...['Registration', 'Validation', 'Expense review', 'Expense approval', 'Rework', 'Posting', 'Payment'],
      ...STANDSTILLS,
    ],
    nodes: ['Expense review', 'Expense approval', 'Rework', 'Payment', ...STANDSTILLS],
    outcomes: ['paid', 'settled', 'posted', ...REFUSALS],
    hasMoney: true,
  },
  'leave-request': {
    name: both('Leave and travel', '请假与出差'),
    phases: ['Registration', 'Checks', 'Leave approval', 'Rework', 'Approved leave', 'Leave', ...STANDSTILLS],
    nodes: ['Leave approval', 'Rework', ...STANDSTILLS],
    outcomes: ['granted', ...REFUSALS],
    hasMoney: false,
  },
  'office-request': {
    name: both('Office requests', '办公申请'),
    phases: ['Registration', 'Checks', 'Office approval', 'Rework', 'Numbered', ...STANDSTILLS],
    nodes: ['Office approval', 'Rework', ...STANDSTILLS],
    outcomes: ['approved', ...REFUSALS],
    hasMoney: false,
  },
  'engineering-change': {
    name: both('Engineering changes', '工程变更'),
    phases: ['Registration', 'Checks', 'Change approval', 'Rework', 'Approved change', ...STANDSTILLS],
    nodes: ['Change approval', 'Rework', 'Approved change', ...STANDSTILLS],
    outcomes: ['implemented', 'stale', ...REFUSALS],
    hasMoney: false,
  },
  replenishment: {
    name: both('Stock replenishment', '库存补货'),
    phases: ['Stock', 'Purchase', ...STANDSTILLS],
    nodes: ['Waiting for an operator'],
    outcomes: ['replenished', 'recovered', ...REFUSALS],
    hasMoney: false,
  },
  'payroll-run': {
    name: both('Payroll runs', '薪资核算'),
    phases: ['Attendance', 'Differences', 'Handed over', 'Payroll', ...STANDSTILLS],
    nodes: ['Payroll', 'Waiting for an operator'],
    outcomes: ['handed-over', 'completed'],
    hasMoney: false,
  },
  payslip: {
    name: both('Payslips', '工资条'),
    phases: ['Payroll', 'Payslip', ...STANDSTILLS],
    nodes: ['Payslip', 'Waiting for an operator'],
    outcomes: ['confirmed', 'disputed', 'unanswered'],
    hasMoney: false,
  },
} as const satisfies { readonly [kind: string]: MeasuredKind };

export type MeasuredKindName = keyof typeof MEASURED_KINDS;

/** Names of {@link MEASURED_KINDS}. */
export const MEASURED_KIND_NAMES = Object.keys(MEASURED_KINDS) as readonly MeasuredKindName[];

/** Outcomes of a process that got what was asked for. */
const GOOD_OUTCOMES: readonly string[] = [
  ...['paid', 'settled', 'posted', 'granted', 'approved', 'implemented', 'replenished', 'recovered'],
  ...['handed-over', 'completed', 'confirmed'],
];

/** Whether a process that ended so went through all of its phases. */
export function isGoodOutcome(outcome: string): boolean {
  return GOOD_OUTCOMES.includes(outcome);
}

/** Undefined: processes of that kind are not measured. */
export function measuredKind(kind: string): MeasuredKind | undefined {
  return Object.hasOwn(MEASURED_KINDS, kind) ? MEASURED_KINDS[kind as MeasuredKindName] : undefined;
}

/** The value itself where the list has it. */
export function bounded(values: readonly string[], value: string): string {
  return values.includes(value) ? value : OTHER;
}
