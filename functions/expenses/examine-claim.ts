/** A claim against what the company, its ERP and its policies know. */
import type { ErpPort } from '../connectors/erp/port.ts';
import type { Directory } from '../directory/port.ts';
import { readJourney } from '../people/read-journey.ts';
import type { Policies } from '../policy/port.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import { type CompanyFacts, companyDate } from '../requests/company.ts';
import { type ClaimCheck, type ClaimCheckInput, checkClaim, rateKey } from './domain/check-claim.ts';
import type { ExpenseHead } from './domain/expense.ts';

export interface ExamineDeps extends Pick<ProcessDeps, 'store' | 'clock'> {
  readonly erp: Pick<ErpPort, 'exchangeRate' | 'readBudget'>;
  readonly directory: Directory;
  readonly policies: Policies;
  readonly company: CompanyFacts;
}

/**
 * At the ERP's rates of the days of the expenses, within what the employee's grade may claim, and beside the budget of the
 * cost centre.
 * @param identities - keys of the paper of each receipt, in their order
 */
export async function examineClaim(
  deps: ExamineDeps,
  { claim, identities }: Pick<ClaimCheckInput, 'claim' | 'identities'>,
  { requesterId, oa }: ExpenseHead,
): Promise<ClaimCheck> {
  const { currency, timeZone } = deps.company;
  const grade = (await deps.directory.person(requesterId))?.grade ?? '';
  const days = new Map(claim.lines.map((line) => [rateKey(line), line]));
  const categories = distinct(claim.lines.map(({ category }) => category));
  const journeys = distinct(claim.lines.flatMap(({ journey }) => journey ?? []));
  const today = companyDate(deps.clock, timeZone);
  const budget = await deps.erp.readBudget(claim.costCentre, today);
  const checked = checkClaim({
    claim,
    identities,
    rates: await known([...days], (line) =>
      line.currency === currency ? Promise.resolve('1') : deps.erp.exchangeRate(line.currency, line.date),
    ),
    limits: await known(
      categories.map((category) => [category, category]),
      (category) => deps.policies.expenseLimit({ category, grade }),
    ),
    journeys: await known(
      journeys.map((journey) => [journey, journey]),
      (requestId) => readJourney(deps.store, { system: oa.system, requestId }, requesterId),
    ),
    today,
    currency,
  });
  return { ...checked, ...(budget === undefined ? {} : { budget }) };
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}

/** What is known of each, by name. */
async function known<Asked, Answer>(
  named: readonly (readonly [string, Asked])[],
  ask: (asked: Asked) => Promise<Answer | undefined>,
): Promise<ReadonlyMap<string, Answer>> {
  const answers = await Promise.all(named.map(async ([name, asked]) => [name, await ask(asked)] as const));
  return new Map(answers.flatMap(([name, answer]) => (answer === undefined ? [] : [[name, answer] as const])));
}
