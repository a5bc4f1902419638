import { beforeAll, describe, expect, it } from 'vitest';
import { verifyChain } from '../../../functions/audit/domain/record.ts';
import { clockTime } from '../../../functions/calendar/domain/worked-time.ts';
import { courseOf } from '../../../functions/insight/domain/course.ts';
import type { Course } from '../../../functions/insight/domain/course-parts.ts';
import { compare } from '../../../functions/money/money.ts';
import { generateHistory } from '../../../local/history/generate.ts';
import type { HistoryOptions, ToldCase } from '../../../local/history/telling.ts';

const DECEMBER: HistoryOptions = { from: '2025-12-01', months: 1, seed: 7, scale: 1 };

async function told(options: HistoryOptions): Promise<readonly ToldCase[]> {
  const cases: ToldCase[] = [];
  for await (const one of generateHistory(options)) {
    cases.push(one);
  }
  return cases;
}

describe('a history', () => {
  let december: readonly ToldCase[] = [];
  let courses: readonly Course[] = [];

  beforeAll(async () => {
    december = await told(DECEMBER);
    courses = december.flatMap((entries) => courseOf(entries, clockTime) ?? []);
  });

  it('has processes of every kind that it tells, each with a chain that holds', () => {
    expect(new Set(courses.map(({ kind }) => kind))).toEqual(
      new Set([
        'procure-to-pay',
        'expense-to-posting',
        'leave-request',
        'office-request',
        'engineering-change',
        'replenishment',
        'payroll-run',
        'payslip',
      ]),
    );
    const damages = december.flatMap((entries) => verifyChain(entries[0]?.processId ?? '', entries));
    expect(damages).toEqual([]);
    expect(new Set(december.map(([first]) => first?.processId)).size).toBe(december.length);
  });

  it('has what real work has: delays, changes, refusals, failures, people who are stood in for', () => {
    const types = new Set(december.flat().map(({ type }) => type));
    expect([...types]).toEqual(
      expect.arrayContaining([
        'LevelReminded',
        'LevelEscalated',
        'SubstituteAsked',
        'ReturnedToRequester',
        'ReturnedByCheck',
        'InvoicesMismatched',
        'StepFailed',
      ]),
    );
    const outcomes = new Set(courses.map(({ outcome }) => outcome));
    expect([...outcomes]).toEqual(expect.arrayContaining(['paid', 'rejected', 'approved', undefined]));
  });

  it('goes forward in time, and tells nothing that happens after its end', () => {
    const end = new Date('2026-01-01T00:00:00+08:00').toISOString();
    for (const entries of december) {
      const times = entries.map(({ occurredAt }) => occurredAt);
      expect(times).toEqual([...times].sort());
      expect((times.at(-1) ?? '') <= end).toBe(true);
    }
  });

  it('lets nobody approve an order and its payment, nor what they asked for themselves', () => {
    for (const entries of december) {
      const course = courseOf(entries, clockTime);
      const voices = (subject: string) =>
        (course?.nodes ?? [])
          .filter((node) => node.kind === 'approval' && node.subject === subject)
          .flatMap((node) => node.voices.map(({ employeeId }) => employeeId));
      const [ordered, paid] = [voices('order'), voices('payment')];
      expect(paid.filter((one) => ordered.includes(one))).toEqual([]);
      expect([...ordered, ...voices('expense')]).not.toContain(course?.requesterId);
    }
  });

  it('shows each department beside the others that decides about an engineering change, and when it had decided', () => {
    const changes = courses.filter(({ kind, outcome }) => kind === 'engineering-change' && outcome === 'implemented');
    expect(changes.length).toBeGreaterThan(0);
    for (const { nodes } of changes) {
      const asked = nodes.filter(({ kind }) => kind === 'approval');
      expect(asked.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['Engineering', 'Production', 'Purchasing', 'Quality']),
      );
      for (const { from, to, voices } of asked) {
        expect(from).toBe(asked[0]?.from);
        expect(voices.map(({ action }) => action)).toEqual(['approve']);
        expect(to).toBe(voices[0]?.at);
      }
    }
  });

  it('sends each employee a payslip of their own, once payroll has calculated, and says no amount', () => {
    const slips = december.filter(([first]) => first?.type === 'PayslipOpened');
    const run = december.find(([first]) => first?.type === 'PayrollRunOpened') ?? [];
    const calculated = run.find(({ type }) => type === 'PayrollCalculated');
    expect(slips).toHaveLength(Number(calculated?.facts.payslips));
    expect(new Set(slips.map(([first]) => first?.processId)).size).toBe(slips.length);
    for (const [first] of slips) {
      expect((first?.occurredAt ?? '') >= (calculated?.occurredAt ?? 'z')).toBe(true);
    }
    expect(JSON.stringify(slips)).not.toMatch(/amount|net|gross/i);
  });

  it('pays no more than the invoice that was accepted, and that once', () => {
    for (const entries of december) {
      const paid = entries.filter(({ type }) => type === 'PaymentCompleted');
      expect(paid.length).toBeLessThanOrEqual(1);
      const invoice = entries.findLast(({ type }) => type === 'SupplierInvoiceReceived')?.facts.total;
      const [amount] = paid.map(({ facts }) => facts.amount as { readonly amount: string });
      if (typeof invoice === 'string' && amount !== undefined) {
        expect(compare(amount.amount, invoice)).toBe(0);
      }
    }
  });

  it('is the same for the same seed, and another one for another', async () => {
    const short: HistoryOptions = { ...DECEMBER, scale: 0.1 };
    const hashes = async (options: HistoryOptions) => (await told(options)).map((entries) => entries.at(-1)?.hash);
    const first = await hashes(short);
    expect(await hashes(short)).toEqual(first);
    expect(await hashes({ ...short, seed: 8 })).not.toEqual(first);
  });
});
