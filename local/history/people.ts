/** How the people of a history answer: when, and what. Rules of the history's own, which no detector knows. */
import type { ApprovalState } from '../../functions/approvals/domain/approval-state.ts';
import { levelAt } from '../../functions/approvals/domain/approval-state.ts';
import { isReturnable, OPERATORS } from '../../functions/approvals/domain/plan.ts';
import type { Absence } from '../../functions/directory/port.ts';
import type { Chance } from './chance.ts';
import type { Company } from './company.ts';

export interface Answer {
  /** Of the plan, or `return`. */
  readonly action: string;
  readonly comment: string;
}

export interface People {
  /** When somebody who is asked now will answer. */
  replyTime(employeeId: string, askedAt: Date, subject: string): Date;
  answer(employeeId: string, state: ApprovalState): Answer;
  signsInFirst(): boolean;
}

/** Hours of work until half of the answers have come; of everybody else {@link USUAL}. */
const SLOW: { readonly [employeeId: string]: number } = {
  'E-3003': 14,
  'E-3005': 9,
  'E-2004': 7,
  'E-0002': 11,
  [OPERATORS]: 4,
};
const USUAL = 1.6;

/** Levels at which something is sent back or refused, by how often. At the others nobody ever says no. */
const RETURNED: { readonly [level: string]: number } = {
  Manager: 0.05,
  'Department head': 0.02,
  'Expense review': 0.06,
};
const REJECTED: { readonly [level: string]: number } = {
  Manager: 0.03,
  'Department head': 0.015,
  Buyer: 0.02,
  'IT manager': 0.08,
};

/** Towards the end of the year those who close the books have less time for anything else. */
const YEAR_END = 1.8;

export function peopleOf(company: Company, chance: Chance): People {
  const absences = new Map(company.data.people.map(({ employeeId, absences: own = [] }) => [employeeId, own] as const));
  return {
    replyTime(employeeId, askedAt) {
      const month = askedAt.getUTCMonth();
      const median = (SLOW[employeeId] ?? USUAL) * (month === 11 || month === 0 ? YEAR_END : 1);
      const begin = backFrom(absences.get(employeeId) ?? [], askedAt);
      return company.hoursAfter(begin.toISOString(), Math.max(0.03, chance.long(median)));
    },
    answer(employeeId, state) {
      const name = levelAt(state.plan, state.level).name;
      const { subject } = state.plan;
      if (employeeId === OPERATORS) {
        return { action: chance.isTrue(0.95) ? 'retry' : 'cancel', comment: 'The other system is available again' };
      }
      if (subject === 'invoice-mismatch') {
        return { action: chance.isTrue(0.6) ? 'accept' : 'correct', comment: 'Agreed with the supplier' };
      }
      if (isReturnable(state.plan) && state.plan.documentVersion < 3 && chance.isTrue(RETURNED[name] ?? 0)) {
        return { action: 'return', comment: 'Please say what it is for' };
      }
      const [yes, no] = subject === 'expense-exception' ? ['accept', 'reject'] : ['approve', 'reject'];
      return chance.isTrue(REJECTED[name] ?? 0)
        ? { action: no ?? 'reject', comment: 'Not within the budget' }
        : { action: yes ?? 'approve', comment: subject === 'expense-exception' ? 'Looked at the receipt' : '' };
    },
    signsInFirst: () => chance.isTrue(0.9),
  };
}

/** Whoever is away answers what they are asked all the same when they are back. */
function backFrom(absences: readonly Pick<Absence, 'from' | 'until'>[], at: Date): Date {
  const current = absences.find(({ from, until }) => new Date(from) <= at && at < new Date(until));
  return current === undefined ? at : new Date(current.until);
}
