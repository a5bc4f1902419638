/** Whether a claim that was checked in one year may be posted in the next: the operators say so, and no rule alone. */
import { listApprovals } from '../approvals/approval-store.ts';
import type { Policies } from '../policy/port.ts';
import type { ProcessChange } from '../process/domain/process.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import { type CompanyFacts, companyDate } from '../requests/company.ts';
import { BusinessRuleError } from '../runtime/errors.ts';
import { crossedDays, yearOf } from './domain/crossed-year.ts';
import type { ExpenseHead, ExpenseState } from './domain/expense.ts';

interface JudgeYearDeps extends ProcessDeps {
  readonly company: CompanyFacts;
  readonly policies: Policies;
}

/** The posting waits for an answer: `change` is to be committed before `refusal` is thrown. */
interface YearQuestion {
  readonly change?: ProcessChange<ExpenseState>;
  readonly refusal: BusinessRuleError;
}

/**
 * Undefined: it is the year of the check, or operators tried the posting again after they were asked about this year. Where the
 * company's table returns what lies in an earlier year, no answer posts it.
 */
export async function yearQuestion(deps: JudgeYearDeps, head: ExpenseHead): Promise<YearQuestion | undefined> {
  const { state, processId } = head;
  const { claim, check, crossing } = state;
  const postingDate = companyDate(deps.clock, deps.company.timeZone);
  const days = claim === undefined || check === undefined ? [] : crossedDays(claim, check, postingDate);
  if (days.length === 0) {
    return undefined;
  }
  const year = yearOf(postingDate);
  const isPostable = (await deps.policies.findingBecomes('earlier-year')) === 'review';
  const retries = await countRetries(deps, processId);
  if (crossing?.year !== year) {
    const entry = {
      type: 'PostingYearAsked',
      actor: { kind: 'meridian', id: 'checks' },
      facts: { year, days },
    } as const;
    return {
      change: { entries: [entry], state: { ...state, crossing: { year, days, retries } } },
      refusal: refusalOf(days, year, isPostable),
    };
  }
  return isPostable && retries > crossing.retries ? undefined : { refusal: refusalOf(days, year, isPostable) };
}

/** Answers of operators that something is to be tried again. */
async function countRetries({ store }: JudgeYearDeps, processId: string): Promise<number> {
  const approvals = await listApprovals(store, processId);
  return approvals.filter(({ plan, outcome }) => plan.subject === 'operator' && outcome === 'retry').length;
}

function refusalOf(days: readonly string[], year: string, isPostable: boolean): BusinessRuleError {
  const remedy = isPostable
    ? `Ask accounting: try again to post it in ${year}, or give the claim up`
    : "The company's table expense-findings returns such claims: give the claim up, and tell its employee";
  return new BusinessRuleError(
    'earlier-year',
    `the year ended since the claim was checked: what was spent on ${days.join(', ')} would be posted in ${year}. ${remedy}`,
  );
}
