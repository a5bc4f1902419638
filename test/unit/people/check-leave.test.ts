import { describe, expect, it } from 'vitest';
import { leaveRequestSchema } from '../../../functions/events/leave-request-submitted.ts';
import { checkLeave, type LeaveToCheck, type OtherDay } from '../../../functions/people/domain/check-leave.ts';
import { hoursPerDay, leaveDays } from '../../../functions/people/domain/leave-days.ts';
import { companyCalendar } from '../../support/company-calendar.ts';
import { companyPolicies } from '../../support/purchase-company.ts';

const TODAY = '2026-03-02';

async function check(asked: object, more: Partial<LeaveToCheck> = {}) {
  const request = leaveRequestSchema.parse({ kind: 'annual', from: '2026-04-13', to: '2026-04-14', ...asked });
  return checkLeave({
    request,
    rule: await companyPolicies.leaveRule(request.kind),
    days: leaveDays(request, companyCalendar),
    perDay: hoursPerDay(companyCalendar),
    others: [],
    today: TODAY,
    filedOn: more.today ?? TODAY,
    ...more,
  });
}

const codes = async (...given: Parameters<typeof check>) => (await check(...given)).findings.map(({ code }) => code);

function taken(kind: string, ...dates: readonly string[]): readonly OtherDay[] {
  return dates.map((date) => ({ date, hours: '8', kind }));
}

describe('a leave request', () => {
  it('takes working days only: neither the week-end nor Labour Day count, and the day that makes up for it does', async () => {
    const { days, length, findings } = await check({ from: '2026-04-30', to: '2026-05-09' });

    expect(days.map(({ date }) => date)).toEqual([
      '2026-04-30',
      '2026-05-06',
      '2026-05-07',
      '2026-05-08',
      '2026-05-09',
    ]);
    expect(length).toBe('5');
    expect(findings).toEqual([]);
  });

  it('takes half a day at either end, and says which half it is', async () => {
    const { days, length } = await check({
      from: '2026-04-13',
      to: '2026-04-15',
      startsAtNoon: true,
      endsAtNoon: true,
    });

    expect(days).toEqual([
      { date: '2026-04-13', hours: '4', half: 'afternoon' },
      { date: '2026-04-14', hours: '8' },
      { date: '2026-04-15', hours: '4', half: 'morning' },
    ]);
    expect(length).toBe('2');
  });

  it('shows what is left of the year when it is granted', async () => {
    const { balances } = await check({}, { others: taken('annual', '2026-01-08', '2026-01-09') });

    expect(balances).toEqual([{ year: 2026, entitled: '10', taken: '2', requested: '2', left: '6' }]);
  });

  it('is too much only when one half day more is asked for than is left', async () => {
    const before = taken('annual', ...Array.from({ length: 8 }, (_, index) => `2026-01-${10 + index}`));

    expect(await codes({ from: '2026-04-13', to: '2026-04-14' }, { others: before })).toEqual([]);
    expect(await codes({ from: '2026-04-13', to: '2026-04-15', endsAtNoon: true }, { others: before })).toEqual([
      'balance',
    ]);
  });

  it('is paid by the balance of its own kind and year', async () => {
    const elsewhere = taken('sick', ...Array.from({ length: 10 }, (_, index) => `2026-01-${10 + index}`));
    const lastYear = taken('annual', ...Array.from({ length: 10 }, (_, index) => `2025-03-${10 + index}`));

    expect(await codes({}, { others: [...elsewhere, ...lastYear] })).toEqual([]);
  });

  it('across the end of a year is paid by both years, each for its own days', async () => {
    const asked = { from: '2025-12-30', to: '2026-01-06' };
    const nearlyUsed = taken('annual', ...Array.from({ length: 9 }, (_, index) => `2025-03-${10 + index}`));

    const { balances, findings } = await check(asked, { others: nearlyUsed, today: '2025-12-01' });

    // The first to the third of January are a holiday, and Sunday the fourth makes up for it.
    expect(balances).toEqual([
      { year: 2025, entitled: '10', taken: '9', requested: '2', left: '-1' },
      { year: 2026, entitled: '10', taken: '0', requested: '3', left: '7' },
    ]);
    expect(findings.map(({ code }) => code)).toEqual(['balance']);
  });

  it('overlaps with a day that is taken, and with the same half of one, but not with the other half', async () => {
    const half = { from: '2026-04-13', to: '2026-04-13', startsAtNoon: true };
    const other = (day: Partial<OtherDay>): readonly OtherDay[] => [
      { date: '2026-04-13', hours: '4', kind: 'sick', ...day },
    ];

    expect(await codes(half, { others: other({ hours: '8' }) })).toEqual(['overlap']);
    expect(await codes(half, { others: other({ half: 'afternoon' }) })).toEqual(['overlap']);
    expect(await codes(half, { others: other({ half: 'morning' }) })).toEqual([]);
    expect(await codes(half, { others: other({}) })).toEqual([]);
    expect(await codes({}, { others: other({ half: 'morning' }) })).toEqual(['overlap']);
  });

  it.each([
    { what: 'ends before it begins', asked: { from: '2026-04-14', to: '2026-04-13' }, code: 'order-of-dates' },
    {
      what: 'is of one day that both starts and ends at noon',
      asked: { from: '2026-04-13', to: '2026-04-13', startsAtNoon: true, endsAtNoon: true },
      code: 'halves',
    },
    { what: 'has no working day', asked: { from: '2026-05-01', to: '2026-05-05' }, code: 'no-working-day' },
    {
      what: 'lies too far from its first filing, though it was sent again since',
      asked: { from: '2026-11-26', to: '2026-11-27' },
      more: { filedOn: '2026-03-01' },
      code: 'too-far-ahead',
    },
    { what: 'lies too far ahead', asked: { from: '2026-11-30', to: '2026-12-01' }, code: 'too-far-ahead' },
    { what: 'is of a kind that nobody offers', asked: { kind: 'sabbatical' }, code: 'unknown-kind' },
    { what: 'is longer than may be taken at once', asked: { kind: 'unpaid', to: '2026-05-20' }, code: 'too-long' },
    { what: 'is filed too late', asked: { from: '2026-03-04', to: '2026-03-04' }, code: 'notice' },
    {
      what: 'is of sickness that was over long ago',
      asked: { kind: 'sick', from: '2026-02-12', to: '2026-02-12' },
      code: 'notice',
    },
  ])('is returned when it $what, with the field and the remedy in both languages', async ({ asked, more, code }) => {
    const { findings } = await check(asked, more);

    expect(findings.map((finding) => finding.code)).toEqual([code]);
    expect(findings[0]?.field).toMatch(/^leave\./u);
    expect(findings[0]?.reason.en).toContain(findings[0]?.field);
    expect(findings[0]?.reason.zh).toMatch(/\p{Script=Han}/u);
  });

  it('into a year without holidays is returned: nobody guesses them', async () => {
    const asked = { from: '2026-12-30', to: '2027-01-05' };

    expect(await codes(asked, { today: '2026-11-26' })).toEqual(['calendar-year']);
  });

  it('of a journey says where it goes, and needs no balance', async () => {
    const journey = { kind: 'travel', from: '2026-03-01', to: '2026-03-06' };

    const { balances, findings, isOnBusiness } = await check({ ...journey, destination: 'Suzhou' });

    expect({ balances, findings, isOnBusiness }).toEqual({ balances: [], findings: [], isOnBusiness: true });
    expect(await codes(journey)).toEqual(['destination']);
    expect(await codes({ ...journey, destination: 'Suzhou', from: '2026-02-26' })).toEqual(['notice']);
  });

  it('of sickness may be filed afterwards, and needs no balance', async () => {
    const { balances, findings } = await check({ kind: 'sick', from: '2026-02-26', to: '2026-02-27' });

    expect({ balances, findings }).toEqual({ balances: [], findings: [] });
  });
});
