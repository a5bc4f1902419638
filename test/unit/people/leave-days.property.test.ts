import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf } from '../../../functions/calendar/domain/calendar.ts';
import { leaveRequestSchema } from '../../../functions/events/leave-request-submitted.ts';
import { compare } from '../../../functions/money/money.ts';
import { checkLeave, type OtherDay } from '../../../functions/people/domain/check-leave.ts';
import {
  hoursOfDays,
  hoursPerDay,
  type LeavePeriod,
  leaveDays,
  leaveInstants,
} from '../../../functions/people/domain/leave-days.ts';
import { companyCalendar } from '../../support/company-calendar.ts';
import { companyPolicies } from '../../support/purchase-company.ts';

const rule = await companyPolicies.leaveRule('annual');
const first = dayOf('2025-01-01');
const dateAfter = (day: number) => new Date((first + day) * 86_400_000).toISOString().slice(0, 10);

/** Within the years of the calendar. */
const period: fc.Arbitrary<LeavePeriod> = fc
  .record({ start: fc.nat(690), length: fc.nat(39), startsAtNoon: fc.boolean(), endsAtNoon: fc.boolean() })
  .filter(({ length, startsAtNoon, endsAtNoon }) => length > 0 || !(startsAtNoon && endsAtNoon))
  .map(({ start, length, ...halves }) => ({ from: dateAfter(start), to: dateAfter(start + length), ...halves }));

function daysOf(leave: LeavePeriod) {
  const days = leaveDays(leave, companyCalendar);
  if ('missingYear' in days) {
    throw new Error('the calendar has all these days');
  }
  return days;
}

describe('the days of a leave', () => {
  it('are the same for a leave as for its two parts, wherever it is cut', () => {
    fc.assert(
      fc.property(period, fc.nat(38), (leave, cut) => {
        const middle = dateAfter(Math.min(dayOf(leave.from) - first + cut, dayOf(leave.to) - first - 1));
        fc.pre(middle >= leave.from && middle < leave.to);
        const next = dateAfter(dayOf(middle) - first + 1);

        const parts = [
          ...daysOf({ ...leave, to: middle, endsAtNoon: false }),
          ...daysOf({ ...leave, from: next, startsAtNoon: false }),
        ];

        expect(parts).toEqual(daysOf(leave));
      }),
    );
  });

  it('lie within the leave, each once, and are worked days', () => {
    fc.assert(
      fc.property(period, (leave) => {
        const dates = daysOf(leave).map(({ date }) => date);
        expect(dates).toEqual([...new Set(dates)].sort());
        for (const date of dates) {
          expect(date >= leave.from && date <= leave.to).toBe(true);
          expect(companyCalendar.stretchesOn(dayOf(date))).not.toEqual([]);
        }
      }),
    );
  });

  it('begin before they end, as instants of every zone', () => {
    fc.assert(
      fc.property(period, fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/Los_Angeles'), (leave, zone) => {
        const { from, until } = leaveInstants(leave, zone);
        expect(Date.parse(from)).toBeLessThan(Date.parse(until));
      }),
    );
  });
});

describe('requests of one person, one after the other, of which those without a finding are granted', () => {
  it('never take more of a year than it has, and never a day twice', () => {
    fc.assert(
      fc.property(fc.array(period, { minLength: 1, maxLength: 12 }), (leaves) => {
        // Act
        const granted: OtherDay[] = [];
        for (const leave of leaves) {
          const { days, findings } = checkLeave({
            request: leaveRequestSchema.parse({ kind: 'annual', ...leave }),
            rule,
            days: leaveDays(leave, companyCalendar),
            perDay: hoursPerDay(companyCalendar),
            others: granted,
            today: dateAfter(dayOf(leave.from) - first - 30),
            filedOn: dateAfter(dayOf(leave.from) - first - 30),
          });
          if (findings.length === 0) {
            granted.push(...days.map((day) => ({ ...day, kind: 'annual' })));
          }
        }

        // Assess
        for (const year of ['2025', '2026']) {
          expect(compare(hoursOfDays(granted.filter(({ date }) => date.startsWith(year))), '80')).not.toBe(1);
        }
        for (const { date } of granted) {
          const same = granted.filter((day) => day.date === date);
          expect(compare(hoursOfDays(same), '8')).not.toBe(1);
          expect(new Set(same.map(({ half }) => half)).size).toBe(same.length);
        }
      }),
    );
  });
});
