/** A claim against what the company, its ERP, its policies and the employee's other claims know. */
import type { ErpPort } from '../connectors/erp/port.ts';
import type { Directory } from '../directory/port.ts';
import type { Policies } from '../policy/port.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import { type CompanyFacts, companyDate } from '../requests/company.ts';
import { journeysOf, known, limitsOf } from './claim-journeys.ts';
import { type ClaimedMonths, othersUses, readClaimedMonths } from './claimed-days.ts';
import { type ClaimCheck, type ClaimCheckInput, checkClaim, rateKey } from './domain/check-claim.ts';
import { monthsOf } from './domain/claimed-use.ts';
import type { ExpenseHead } from './domain/expense.ts';

export interface ExamineDeps extends Pick<ProcessDeps, 'store' | 'clock'> {
  readonly erp: Pick<ErpPort, 'exchangeRate' | 'readBudget'>;
  readonly directory: Directory;
  readonly policies: Policies;
  readonly company: CompanyFacts;
  /** Codes of the legal entities whose books the ERP keeps. */
  readonly bookedEntities: readonly string[];
}

export interface ExaminedClaim {
  readonly check: ClaimCheck;
  /** What the limits were checked with: the check counts as long as nobody changes it. */
  readonly months: ClaimedMonths;
}

/**
 * At the ERP's rates of the days of the expenses, within what the employee's grade may claim of a day in all their claims, and
 * beside the budget of the cost centre.
 * @param identities - keys of the paper of each receipt, in their order
 */
export async function examineClaim(
  deps: ExamineDeps,
  { claim, identities }: Pick<ClaimCheckInput, 'claim' | 'identities'>,
  head: ExpenseHead,
): Promise<ExaminedClaim> {
  const { currency, timeZone } = deps.company;
  const days = new Map(claim.lines.map((line) => [rateKey(line), line]));
  const today = companyDate(deps.clock, timeZone);
  const budget = await deps.erp.readBudget(claim.costCentre, today);
  const journeys = await journeysOf(deps.store, claim, head);
  // Also those of its earlier version, which are given up with it.
  const touched = monthsOf(
    claim.lines.map(({ date }) => date),
    journeys.values(),
  );
  const months = await readClaimedMonths(
    deps.store,
    head.requesterId,
    new Set([...touched, ...(head.state.claimedMonths ?? [])]),
  );
  const checked = checkClaim({
    claim,
    identities,
    rates: await known([...days], (line) =>
      line.currency === currency ? Promise.resolve('1') : deps.erp.exchangeRate(line.currency, line.date),
    ),
    limits: await limitsOf(deps, claim, head),
    journeys,
    others: othersUses(months, head.processId),
    today,
    currency,
    bookedEntities: deps.bookedEntities,
  });
  return { check: { ...checked, day: today, ...(budget === undefined ? {} : { budget }) }, months };
}
