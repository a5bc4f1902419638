/** A month goes to payroll, and each employee's payslip comes back. Figures of people stand in no record. */
import type { NewEntry } from '../../functions/audit/domain/record.ts';
import { digest, type HistoryCase } from './case.ts';

/** Working days in which an employee may say that a payslip is wrong. */
const DAYS_TO_ANSWER = 5;

export interface PayrollMonth {
  /** `YYYY-MM`. */
  readonly period: string;
  readonly employees: number;
}

/** @returns when payroll has calculated: the payslips are published from then on */
export function beginRun(story: HistoryCase, { period, employees }: PayrollMonth): Date {
  const { chance } = story;
  story.say('PayrollRunOpened', { period, employees, executionId: story.executionId, corrects: [] });
  story.tick(120_000);
  story.say('PayrollPointsOpened', { differing: chance.whole(1, 4), unread: 0 });
  // The operators settle with each employee which of both sides is right.
  story.work(chance.long(6));
  const figures = { employees, accepted: 0, corrections: 0, missing: [], byHand: [] };
  story.say('PayrollFiguresHandedOver', { period, ...figures, kept: digest(`${period} ${employees}`) });
  story.wait('payroll', { subject: period, owner: 'operators', hours: chance.long(10), days: 5 });
  story.add(ofPayroll('PayrollCalculated', { payslips: employees }));
  return story.now;
}

/** Once everybody has answered, or had the time to. */
export function closeRun(story: HistoryCase, words: readonly PayslipWord[]): void {
  const of = (word: PayslipWord) => words.filter((one) => one === word).length;
  const payslips = { confirmed: of('confirmed'), disputed: of('disputed'), unanswered: of('unanswered') };
  story.work(DAYS_TO_ANSWER * 8 + 1);
  story.end('PayrollRunClosed', 'completed', { payslips });
}

export type PayslipWord = 'confirmed' | 'disputed' | 'unanswered';

export function tellPayslip(story: HistoryCase, period: string, runId: string): PayslipWord {
  const { chance, requesterId } = story;
  story.say('PayslipOpened', { period, runId, executionId: story.executionId });
  story.tick(3000);
  story.say('PayslipPublished', { period, revision: 1, version: 'v1' });
  story.mail('payslip-ready', requesterId);
  const word = chance.isTrue(0.2) ? 'unanswered' : chance.isTrue(0.03) ? 'disputed' : 'confirmed';
  const hours = word === 'unanswered' ? DAYS_TO_ANSWER * 8 : Math.min(chance.long(7), DAYS_TO_ANSWER * 8 - 1);
  story.wait('payslip', { subject: period, owner: requesterId, hours, days: DAYS_TO_ANSWER });
  if (word === 'unanswered') {
    story.say('WaitExpired', { kind: 'payslip', subject: period }, 'alarms');
  } else {
    const type = word === 'disputed' ? 'PayslipDisputed' : 'PayslipConfirmed';
    story.add({ type, actor: { kind: 'person', id: requesterId }, facts: { period, revision: 1 } });
  }
  story.end('PayslipClosed', word);
  return word;
}

function ofPayroll(type: string, facts: NewEntry['facts']): NewEntry {
  return { type, actor: { kind: 'payroll', id: 'payroll' }, facts };
}
