/** What a row of each table must hold, and what it says then; rows of levels are in `level-row.ts`. */
import * as z from 'zod';
import { CASE_ACTIONS, type ComplianceRule, SEVERITIES, WARNING_CHANNELS } from '../compliance/domain/finding.ts';
import { decimalSchema } from '../money/money.ts';
import { ID } from './level-row.ts';
import {
  type AttendanceRule,
  EXPENSE_UNITS,
  type ExpenseAccounts,
  type ExpenseLimit,
  type LeaveRule,
  type MatchTolerance,
  type ReplenishmentRule,
  type SplitLimit,
  type WaitingTimes,
} from './port.ts';
import { hoursColumns, timesOf } from './row-hours.ts';

/** Column that says of what the hours are. */
export const COUNTED_IN = 'counted in';
export const CLOCK_TIME = 'clock time';

const notNegative = decimalSchema.refine((value) => !value.startsWith('-'), 'must not be negative');

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
    unit: z.enum(EXPENSE_UNITS, { error: `must be ${EXPENSE_UNITS.join(', ')}` }),
    'most units': z
      .string()
      .transform(Number)
      .pipe(z.int('must be a whole number').min(1, 'must be 1 or more').max(366, 'must be 366 or less')),
  })
  .transform(
    ({
      'per unit': perUnit,
      'receipt above': receiptAbove,
      'within days': maxAgeDays,
      'most units': mostUnits,
      ...row
    }) =>
      row['over the limit'] === NONE
        ? undefined
        : ({
            perUnit,
            receiptAbove,
            maxAgeDays,
            overLimit: row['over the limit'],
            unit: row.unit,
            mostUnits,
            needsJourney: row.journey === 'needed',
          } satisfies ExpenseLimit),
  );

/** What becomes of a finding about an expense claim. */
export const expenseFindingRow = z
  .object({ becomes: z.enum(['return', 'review'], { error: 'must be return or review' }) })
  .transform(({ becomes }) => becomes);

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

/** Such as `mail, topic`. */
const warnBySchema = z
  .string()
  .transform((text) => [...new Set(text.split(',').map((channel) => channel.trim()))])
  .pipe(z.array(z.enum(WARNING_CHANNELS, { error: `must be of ${WARNING_CHANNELS.join(', ')}` })));

/** What follows from a finding of compliance. */
export const complianceRow = z
  .object({
    severity: z.enum(SEVERITIES, { error: `must be ${SEVERITIES.join(', ')}` }),
    action: z.enum(CASE_ACTIONS, { error: `must be ${CASE_ACTIONS.join(', ')}` }),
    'warn by': warnBySchema,
    owner: z.string().regex(new RegExp(`^post:${ID}$`, 'u'), 'must be post:…: whose holder owns the case'),
    'deadline days': z
      .string()
      .transform(Number)
      .pipe(z.int('must be whole days').min(1, 'must be a day or more').max(60, 'must be 60 days or less')),
    threshold: notNegative,
    'window hours': z
      .string()
      .transform(Number)
      .pipe(z.int('must be whole hours').min(1, 'must be an hour or more').max(744, 'must be 31 days or less')),
  })
  .transform(
    ({
      owner,
      'warn by': warnBy,
      'deadline days': deadlineDays,
      'window hours': windowHours,
      ...row
    }): ComplianceRule => ({
      ...row,
      warnBy,
      ownerPost: owner.slice('post:'.length),
      deadlineDays,
      windowHours,
    }),
  );

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
