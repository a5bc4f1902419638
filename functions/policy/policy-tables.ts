/** The tables that Meridian asks: their columns in the words of the business, and what a row must hold. */

import * as z from 'zod';
import { isChosen } from '../approvals/domain/chosen.ts';
import type { ApprovalLevelRule, ApproverRule } from '../approvals/domain/level-rule.ts';
import { isForPrevious } from '../approvals/domain/next-choice.ts';
import { RULED_SUBJECTS } from '../approvals/domain/plan.ts';
import { decimalSchema } from '../money/money.ts';
import type { TableContract } from './compile-decision.ts';
import type { FiredRow } from './evaluate-table.ts';
import type {
  AttendanceRule,
  ExpenseAccounts,
  ExpenseLimit,
  LeaveRule,
  MatchTolerance,
  ReplenishmentRule,
  SplitLimit,
  WaitingTimes,
} from './port.ts';

/** 90 days: the state machines' backstops lie behind it, at 100 days. */
export const MAX_HOURS = 2160;

const hoursSchema = z
  .string()
  .transform(Number)
  .pipe(
    z.int('must be whole hours').min(1, 'must be an hour or more').max(MAX_HOURS, 'must be 2,160 (90 days) or less'),
  );

const notNegative = decimalSchema.refine((value) => !value.startsWith('-'), 'must not be negative');

const COUNTED_IN = 'counted in';
const CLOCK_TIME = 'clock time';
const EXPIRE = 'expire after hours';
const AFTER_CHANGE = 'after a change';
const COPY_TO = 'copyTo';
const KEEP = 'keep if not dearer';

const hoursColumns = {
  'remind after hours': hoursSchema,
  'escalate after hours': hoursSchema,
  'expire after hours': hoursSchema,
};

function timesOf(row: z.infer<z.ZodObject<typeof hoursColumns>>, context: z.RefinementCtx) {
  const times = {
    remindAfterHours: row['remind after hours'],
    escalateAfterHours: row['escalate after hours'],
    expireAfterHours: row['expire after hours'],
  };
  if (!(times.remindAfterHours < times.escalateAfterHours && times.escalateAfterHours < times.expireAfterHours)) {
    context.addIssue({ code: 'custom', message: 'the hours must grow from remind to escalate to expire' });
  }
  return times;
}

const ID = '[A-Za-z0-9][A-Za-z0-9._-]*';
const APPROVER = new RegExp(
  `^(manager(-[2-9])?|chain|department-head|post:${ID}(@cost-centre)?|person:${ID}|(choice|field):${ID}(@post:${ID})?|previous@post:${ID}(@cost-centre)?)(\\*[1-9]\\d?)?$`,
  'u',
);

/** `post:cfo*2, manager`: rules with their weights, in the order in which they are asked. */
export const approversSchema = z
  .string()
  .transform((text) => text.split(',').map((rule) => rule.trim()))
  .pipe(
    z.array(
      z
        .string()
        .regex(
          APPROVER,
          'must be manager, manager-2 to manager-9, chain, department-head, post:…, post:…@cost-centre, person:…, choice:… or field:… (both may end in @post:…), or previous@post:… (may end in @cost-centre), each with a weight such as *2 if need be',
        ),
    ),
  )
  .transform((rules) =>
    rules.map((text): ApproverRule => {
      const [rule = '', weight = '1'] = text.split('*');
      return { rule, weight: Number(weight) };
    }),
  );

/** Who is to know of it: rules that name people by themselves; `-` or nothing: nobody. */
export const copyToSchema = z
  .string()
  .transform((text) => (text.trim() === '' || text.trim() === '-' ? undefined : text))
  .pipe(approversSchema.optional())
  .transform((approvers, context) => {
    if (approvers?.some(({ rule, weight }) => weight !== 1 || isChosen(rule) || isForPrevious(rule)) === true) {
      const message =
        'must be rules that name people by themselves, such as post:cfo, manager: nobody chooses or weighs here';
      context.addIssue({ code: 'custom', message });
    }
    return (approvers ?? []).map(({ rule }) => rule);
  });

const modeSchema = z
  .string()
  .regex(
    /^(any|claim|all|in turn|(quorum|weighted) [1-9]\d?)$/u,
    'must be any, claim, all, in turn, or quorum or weighted with the number that is needed, such as quorum 2',
  )
  .transform((text): ApprovalLevelRule['mode'] => {
    const [kind, needed] = text === 'in turn' ? ['in-turn'] : text.split(' ');
    switch (kind) {
      case 'quorum':
      case 'weighted':
        return { kind, needed: Number(needed) };
      case 'claim':
      case 'all':
      case 'in-turn':
        return { kind };
      default:
        return { kind: 'any' };
    }
  });

/** Where somebody is to choose one person, the level is for one. */
function oneOrByRules(
  approvers: readonly ApproverRule[],
  { kind }: ApprovalLevelRule['mode'],
  context: z.RefinementCtx,
): readonly ApproverRule[] {
  const isForOne = approvers.length === 1 && (kind === 'any' || kind === 'claim');
  if (approvers.some(({ rule }) => isForPrevious(rule)) && !isForOne) {
    const message = 'previous@post:… stands alone in its cell, in the mode any or claim: one person is chosen';
    context.addIssue({ code: 'custom', path: ['approver'], message });
  }
  return approvers;
}

/** A row as it stands by itself; its number is the table's to tell. */
type LevelRow = Omit<ApprovalLevelRule, 'copyTo'> & { readonly copyTo?: readonly string[] };

/** One level of an approval. */
const approvalLevelRow = z
  .object({
    level: z.string().min(1),
    approver: approversSchema,
    mode: modeSchema,
    opens: z.enum(['after', 'beside'], { error: 'must be after or beside the level before' }),
    [AFTER_CHANGE]: z.enum(['ask again', KEEP], { error: `must be ask again or ${KEEP}` }),
    [COPY_TO]: copyToSchema.default([]),
    ...hoursColumns,
  })
  .transform(
    (
      { level, approver, mode, opens, [AFTER_CHANGE]: afterChange, [COPY_TO]: copyTo, ...hours },
      context,
    ): LevelRow => ({
      level,
      approvers: oneOrByRules(approver, mode, context),
      mode,
      isParallel: opens === 'beside',
      ...(afterChange === KEEP ? { keepsVotes: true } : {}),
      ...(copyTo.length > 0 ? { copyTo } : {}),
      ...timesOf(hours, context),
    }),
  );

/** What a row says about one level. */
export function levelOfRow({ row, results }: FiredRow): ApprovalLevelRule {
  const { copyTo: rules, ...level } = approvalLevelRow.parse(results);
  return rules === undefined ? level : { ...level, copyTo: { row, rules } };
}

/** How long a wait lasts. */
export const waitingTimesRow = z
  .object({ ...hoursColumns, [COUNTED_IN]: z.enum(['working time', CLOCK_TIME]) })
  .transform(
    ({ [COUNTED_IN]: countedIn, ...hours }, context): WaitingTimes => ({ countedIn, ...timesOf(hours, context) }),
  );

/** What a link alone may decide. */
export const linkLimitRow = z.object({ limit: notNegative }).transform(({ limit }): string => limit);

/** What several purchases of one person from one supplier may come to together. */
export const splitLimitRow = z
  .object({
    limit: notNegative,
    'window days': z
      .string()
      .transform(Number)
      .pipe(z.int('must be whole days').min(1, 'must be a day or more').max(90, 'must be 90 days or less')),
  })
  .transform(({ limit, 'window days': windowDays }): SplitLimit => ({ limit, windowDays }));

/** How stock that is short is bought. */
export const replenishmentRow = z
  .object({
    planner: z
      .string()
      .regex(new RegExp(`^(post|person):${ID}$`, 'u'), 'must be post:… or person:…: whose purchase it is'),
    'cost centre charged': z.string().min(1, 'must name a cost centre').max(32),
    release: z.enum(['automatic', 'ask'], { error: 'must be automatic or ask' }),
    'pause days': z
      .string()
      .transform(Number)
      .pipe(z.int('must be whole days').min(1, 'must be a day or more').max(365, 'must be 365 days or less')),
  })
  .transform(
    (row): Omit<ReplenishmentRule, 'ruledBy'> => ({
      planner: row.planner,
      costCentre: row['cost centre charged'],
      release: row.release,
      pauseDays: row['pause days'],
    }),
  );

/** As the result of a row: what it is asked about is not allowed. */
const NONE = 'none';

/** What may be claimed; `none`: nothing. */
export const expenseLimitRow = z
  .object({
    'per unit': notNegative,
    'receipt above': notNegative,
    'within days': z
      .string()
      .transform(Number)
      .pipe(z.int('must be whole days').min(1, 'must be a day or more').max(730, 'must be 730 days or less')),
    'over the limit': z.enum(['return', 'review', NONE], { error: `must be return, review or ${NONE}` }),
    journey: z.enum(['needed', 'no'], { error: 'must be needed or no' }),
  })
  .transform(({ 'per unit': perUnit, 'receipt above': receiptAbove, 'within days': maxAgeDays, ...row }) =>
    row['over the limit'] === NONE
      ? undefined
      : ({
          perUnit,
          receiptAbove,
          maxAgeDays,
          overLimit: row['over the limit'],
          needsJourney: row.journey === 'needed',
        } satisfies ExpenseLimit),
  );

const accountSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,31}$/, `must be the code of an account, such as 6601, or ${NONE}`)
  .refine((code) => code === NONE || code.toLowerCase() !== NONE, `write ${NONE} in small letters`)
  .transform((code) => (code === NONE ? undefined : code));

/** Where an expense is debited. */
export const accountMappingRow = z.object({ account: accountSchema }).transform(({ account }) => account);

/** Where an expense claim is credited. */
export const ledgerAccountsRow = z
  .object({ payable: accountSchema, advance: accountSchema })
  .transform(({ payable, advance }, context): ExpenseAccounts | undefined => {
    if (payable === undefined && advance === undefined) {
      return undefined;
    }
    if (payable === undefined || advance === undefined || payable === advance) {
      context.addIssue({ code: 'custom', message: 'must name two different accounts, or none for both' });
      return z.NEVER;
    }
    return { payableAccount: payable, advanceAccount: advance };
  });

/** What an invoice may differ by. */
export const matchToleranceRow = z
  .object({ 'price percent': notNegative, 'line amount': notNegative, 'quantity percent': notNegative })
  .transform(
    (row): MatchTolerance => ({
      pricePercent: row['price percent'],
      lineAmount: row['line amount'],
      quantityPercent: row['quantity percent'],
    }),
  );

const yesOrNo = z.enum(['yes', 'no'], { error: 'must be yes or no' });
const leaveDaysSchema = notNegative.refine((value) => /^\d{1,3}(\.50?)?$/.test(value), 'must be whole or half days');

/** What is granted of a kind of leave; undefined: nothing, since it is not offered. */
export const leaveRuleRow = z
  .object({
    offered: yesOrNo,
    'needs balance': yesOrNo,
    'days per year': leaveDaysSchema,
    'most days at once': leaveDaysSchema,
    'notice days': z
      .string()
      .transform(Number)
      .pipe(z.int('must be whole days').min(-90, 'must be 90 days afterwards at most').max(180, 'must be 180 or less')),
    'on business': yesOrNo,
    'early return': z.enum(['approved', 'at once', ''], { error: 'must be approved or at once' }).default('approved'),
  })
  .transform((row): LeaveRule | undefined =>
    row.offered === 'no'
      ? undefined
      : {
          needsBalance: row['needs balance'] === 'yes',
          daysPerYear: row['days per year'],
          mostDaysAtOnce: row['most days at once'],
          noticeDays: row['notice days'],
          isOnBusiness: row['on business'] === 'yes',
          isEarlyReturnApproved: row['early return'] !== 'at once',
        },
  );

const minutesSchema = z
  .string()
  .transform(Number)
  .pipe(z.int('must be whole minutes').min(0, 'must not be negative').max(1440, 'must be 1440 (a day) or less'));

/** How attendance is counted. */
export const attendanceRow = z
  .object({
    'counted by': z.enum(['calendar', 'clock', 'clock where used'], {
      error: 'must be calendar, clock or clock where used',
    }),
    'short minutes': minutesSchema,
    'over minutes': minutesSchema,
    'longest hours': z
      .string()
      .transform(Number)
      .pipe(z.int('must be whole hours').min(1, 'must be an hour or more').max(24, 'must be 24 or less')),
  })
  .transform(
    (row): AttendanceRule => ({
      countedBy: row['counted by'],
      shortMinutes: row['short minutes'],
      overMinutes: row['over minutes'],
      longestHours: row['longest hours'],
    }),
  );

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
    },
    rowProblems: problemsBy(expenseLimitRow),
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
