/** The tables that Meridian asks: their columns in the words of the business. */
import type * as z from 'zod';
import { RULED_SUBJECTS } from '../approvals/domain/plan.ts';
import { DETECTORS } from '../compliance/domain/finding.ts';
import { RULED_FINDINGS } from '../expenses/domain/finding.ts';
import type { TableContract } from './compile-decision.ts';
import { AFTER_CHANGE, approvalLevelRow, COPY_TO } from './level-row.ts';
import {
  accountMappingRow,
  attendanceRow,
  CLOCK_TIME,
  COUNTED_IN,
  complianceRow,
  expenseFindingRow,
  expenseLimitRow,
  leaveRuleRow,
  ledgerAccountsRow,
  linkLimitRow,
  matchToleranceRow,
  replenishmentRow,
  splitLimitRow,
  waitingTimesRow,
} from './policy-rows.ts';
import { EXPIRE } from './row-hours.ts';

const numberOfHours = {
  'remind after hours': 'number',
  'escalate after hours': 'number',
  'expire after hours': 'number',
} as const;

/** What tells documents apart. Empty texts: the document has none of it. */
const scopeColumns = {
  'cost centre': { type: 'string', domain: '-' },
  category: { type: 'string', domain: '-' },
  currency: { type: 'string', domain: '-' },
  'legal entity': { type: 'string', domain: '-' },
} as const;

/** Of every table that names levels; what it looks at is its own business. */
export const routeContract = {
  hitPolicies: ['RULE ORDER', 'COLLECT'],
  outputs: {
    level: 'string',
    approver: 'string',
    mode: 'string',
    opens: 'string',
    [AFTER_CHANGE]: 'string',
    ...numberOfHours,
  },
  optionalOutputs: [COPY_TO],
  rowProblems: problemsBy(approvalLevelRow),
} as const satisfies Omit<TableContract, 'inputs'>;

/** By the name of the file in `rules/`. */
export const POLICY_TABLES = {
  'approval-levels': {
    ...routeContract,
    inputs: {
      subject: { type: 'string', domain: textsOf(RULED_SUBJECTS) },
      amount: { type: 'number', domain: '>= 0' },
      ...scopeColumns,
    },
    optionalInputs: ['category', 'currency', 'legal entity'],
  },
  'link-limit': {
    hitPolicies: ['UNIQUE'],
    inputs: { subject: { type: 'string', domain: textsOf([...RULED_SUBJECTS, 'operator']) }, ...scopeColumns },
    optionalInputs: Object.keys(scopeColumns),
    outputs: { limit: 'number' },
    rowProblems: problemsBy(linkLimitRow),
  },
  'waiting-times': {
    hitPolicies: ['UNIQUE'],
    inputs: {
      wait: {
        type: 'string',
        domain: '"rework", "goods-receipt", "supplier-invoice", "payment", "operator", "hold", "payroll", "payslip"',
      },
    },
    outputs: { ...numberOfHours, [COUNTED_IN]: 'string' },
    rowProblems: problemsBy(waitingTimesRow),
  },
  'leave-entitlement': {
    hitPolicies: ['UNIQUE'],
    inputs: { kind: { type: 'string', domain: '-' } },
    outputs: {
      offered: 'string',
      'needs balance': 'string',
      'days per year': 'number',
      'most days at once': 'number',
      'notice days': 'number',
      'on business': 'string',
    },
    optionalOutputs: ['early return'],
    rowProblems: problemsBy(leaveRuleRow),
  },
  attendance: {
    hitPolicies: ['FIRST', 'UNIQUE'],
    inputs: {
      department: { type: 'string', domain: '-' },
      grade: { type: 'string', domain: '-' },
      month: { type: 'number', domain: '>= 0' },
    },
    outputs: { 'counted by': 'string', 'short minutes': 'number', 'over minutes': 'number', 'longest hours': 'number' },
    rowProblems: problemsBy(attendanceRow),
  },
  'split-purchases': {
    hitPolicies: ['RULE ORDER', 'COLLECT'],
    inputs: { 'cost centre': { type: 'string', domain: '-' } },
    outputs: { limit: 'number', 'window days': 'number' },
    rowProblems: problemsBy(splitLimitRow),
  },
  'expense-limits': {
    hitPolicies: ['FIRST', 'UNIQUE'],
    inputs: { category: { type: 'string', domain: '-' }, grade: { type: 'string', domain: '-' } },
    outputs: {
      'per unit': 'number',
      'receipt above': 'number',
      'within days': 'number',
      'over the limit': 'string',
      journey: 'string',
      unit: 'string',
      'most units': 'number',
    },
    rowProblems: problemsBy(expenseLimitRow),
  },
  'expense-findings': {
    hitPolicies: ['FIRST', 'UNIQUE'],
    inputs: { finding: { type: 'string', domain: textsOf(RULED_FINDINGS) } },
    outputs: { becomes: 'string' },
    rowProblems: problemsBy(expenseFindingRow),
  },
  'account-mapping': {
    hitPolicies: ['FIRST', 'UNIQUE'],
    inputs: {
      category: { type: 'string', domain: '-' },
      'cost centre': { type: 'string', domain: '-' },
      'legal entity': { type: 'string', domain: '-' },
    },
    outputs: { account: 'string' },
    rowProblems: problemsBy(accountMappingRow),
  },
  'ledger-accounts': {
    hitPolicies: ['FIRST', 'UNIQUE'],
    inputs: { 'legal entity': { type: 'string', domain: '-' } },
    outputs: { payable: 'string', advance: 'string' },
    rowProblems: problemsBy(ledgerAccountsRow),
  },
  replenishment: {
    hitPolicies: ['FIRST', 'UNIQUE'],
    inputs: {
      warehouse: { type: 'string', domain: '-' },
      category: { type: 'string', domain: '-' },
      amount: { type: 'number', domain: '>= 0' },
    },
    outputs: { planner: 'string', 'cost centre charged': 'string', release: 'string', 'pause days': 'number' },
    rowProblems: problemsBy(replenishmentRow),
  },
  compliance: {
    hitPolicies: ['FIRST', 'UNIQUE'],
    inputs: { detector: { type: 'string', domain: textsOf(DETECTORS) }, process: { type: 'string', domain: '-' } },
    outputs: {
      severity: 'string',
      action: 'string',
      'warn by': 'string',
      owner: 'string',
      'deadline days': 'number',
      threshold: 'number',
      'window hours': 'number',
    },
    rowProblems: problemsBy(complianceRow),
  },
  'match-tolerance': {
    hitPolicies: ['UNIQUE'],
    inputs: { currency: { type: 'string', domain: '-' }, 'cost centre': { type: 'string', domain: '-' } },
    outputs: { 'price percent': 'number', 'line amount': 'number', 'quantity percent': 'number' },
    rowProblems: problemsBy(matchToleranceRow),
  },
} as const satisfies { readonly [name: string]: TableContract };

export type PolicyTable = keyof typeof POLICY_TABLES;

/** What a company's calendar allows. */
export interface WorkingTimeBound {
  /** Its name and version. */
  readonly calendar: string;
  /** So many working hours are over within 90 days, whenever they begin. */
  readonly mostHours: number;
}

/** The contract of a table where its hours are hours of work. */
export function boundedBy(contract: TableContract, { calendar, mostHours }: WorkingTimeBound): TableContract {
  return {
    ...contract,
    rowProblems(results) {
      const isBeyond = results[COUNTED_IN] !== CLOCK_TIME && Number(results[EXPIRE] ?? 0) > mostHours;
      const problem = `${EXPIRE} must be ${mostHours} or less: by the calendar ${calendar}, more working hours can take longer than 90 days`;
      return [...contract.rowProblems(results), ...(isBeyond ? [problem] : [])];
    },
  };
}

/** A domain of texts as it stands in a table. */
function textsOf(texts: readonly string[]): string {
  return texts.map((text) => `"${text}"`).join(', ');
}

function problemsBy(schema: z.ZodType): TableContract['rowProblems'] {
  return (results) =>
    schema
      .safeParse(results)
      .error?.issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')} ${message}`)) ?? [];
}
